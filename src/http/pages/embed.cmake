# The documentation pages: Swagger UI from npm and our own files, compressed for page_files.cpp to embed.
set(pages ${CMAKE_CURRENT_SOURCE_DIR}/pages)
set(fetched ${CMAKE_CURRENT_BINARY_DIR}/npm)
set(compressed ${CMAKE_CURRENT_BINARY_DIR}/pages)
set(swagger_files swagger-ui.css swagger-ui-bundle.js favicon-32x32.png)
list(TRANSFORM swagger_files PREPEND ${fetched}/node_modules/swagger-ui-dist/ OUTPUT_VARIABLE swagger_paths)
add_custom_command(
  OUTPUT ${swagger_paths}
  COMMAND ${pages}/fetch.sh ${fetched}
  DEPENDS ${pages}/fetch.sh ${pages}/package.json ${pages}/package-lock.json
  COMMENT "Fetching Swagger UI"
  VERBATIM)

set(page_files ${swagger_paths})
foreach(name apidocs.html apidocs.js asyncapi.html asyncapi.js asyncapi.css)
  list(APPEND page_files ${pages}/${name})
endforeach()
set(compressed_files)
foreach(file ${page_files})
  get_filename_component(name ${file} NAME)
  add_custom_command(
    OUTPUT ${compressed}/${name}.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${compressed}
    COMMAND gzip --best --no-name --stdout ${file} > ${compressed}/${name}.gz
    DEPENDS ${file})
  list(APPEND compressed_files ${compressed}/${name}.gz)
endforeach()
set_source_files_properties(page_files.cpp PROPERTIES
  COMPILE_DEFINITIONS HIRATAKE_PAGES_FOLDER="${compressed}"
  OBJECT_DEPENDS "${compressed_files}")
