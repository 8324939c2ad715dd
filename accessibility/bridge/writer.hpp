// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes one message of the bus, part by part. The first error stays and makes the rest do nothing. Every message is
// marked sensitive: sd-bus overwrites its memory when it has gone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accessibility/bridge/bus_handles.hpp"
#include "accessibility/bridge/vocabulary.hpp"

namespace pillarbox::bridge {

// An object of this application: a node's, or the application's own where it is NodeId::none.
[[nodiscard]] std::string path_of(semantics::NodeId id);
inline constexpr const char* application_path = "/org/a11y/atspi/accessible/root";
inline constexpr const char* nodes_path = "/org/a11y/atspi/accessible";
inline constexpr const char* cache_path = "/org/a11y/atspi/cache";
inline constexpr const char* nobody_path = "/org/a11y/atspi/null";

// Where a client finds an object: the name of a connection, and a path.
struct Address {
    std::string name{};
    std::string path = nobody_path;
};

class Writer {
  public:
    explicit Writer(sd_bus_message* message) : message_(message) {}  // the caller's, who sends it
    [[nodiscard]] static Writer reply_to(sd_bus_message* call);
    [[nodiscard]] static Writer signal(sd_bus* bus, const std::string& path, const char* interface,
                                       const char* member);

    Writer& text(std::string_view text);
    Writer& number(std::int32_t number);
    Writer& unsigned_number(std::uint32_t number);
    Writer& real(double number);
    Writer& truth(bool value);  // what D-Bus calls a boolean
    Writer& address(const Address& address);
    Writer& open(char container, const char* contents);
    Writer& close();

    [[nodiscard]] int status() const { return status_; }  // as sd-bus has it: negative for an error
    [[nodiscard]] int send();

  private:
    explicit Writer(Message message, int status);
    Writer& note(int status);
    Writer& basic(char type, const void* value);

    Message owned_;
    sd_bus_message* message_;
    int status_ = 0;
};

}  // namespace pillarbox::bridge
