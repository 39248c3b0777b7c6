#pragma once

#include "hiratake/payload/convert_aggregate.hpp"
#include "hiratake/payload/convert_chrono.hpp"
#include "hiratake/payload/convert_containers.hpp"
#include "hiratake/payload/convert_scalars.hpp"
#include "hiratake/payload/converter.hpp"
