#pragma once

#include <hiratake/hiratake.hpp>
#include <hiratake/mail.hpp>
#include <string>

struct Mail {
    static constexpr auto name = "mail";
    hiratake::Mailer mailer;

    void send(std::string to, std::string subject, std::string contents) {
        mailer.send({.to = {to}, .subject = subject, .text = contents});
    }

    static void define(hiratake::Service<Mail>& mail) {
        mail.rpc<&Mail::send>("to", "subject", "contents").doc("Send one e-mail.");
    }
};
