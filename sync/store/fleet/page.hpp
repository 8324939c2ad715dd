// SPDX-License-Identifier: GPL-3.0-or-later
//
// The frame of every page of /fleet (head, header, navigation, footer), the answer that carries it with its security
// fields, and the parts that several pages have. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/html/markup.hpp"
#include "core/http/web_answers.hpp"
#include "sync/store/fleet/sessions.hpp"

namespace pillarbox::fleet {

using html::Markup;
using http::see_other;
using http::served_file;

enum class Place { kiosks, responses, campaigns, audit, elsewhere };

// Who asks, and where they are.
struct Viewing {
    std::string_view store_name;
    const Session* session = nullptr;  // none before signing in
    Place place = Place::elsewhere;
    [[nodiscard]] bool may_change() const {
        return session != nullptr && session->credentials.account.role == Role::manager;
    }
};

using Body = std::function<void(Markup& markup)>;
[[nodiscard]] http::Response page(unsigned status, const Viewing& viewing, std::string_view title, const Body& body);

// What is wrong with a field that somebody has filled in: shown above the form, with a way to the field, and at it.
struct FieldError {
    std::string field;
    std::string message;
};

struct Field {
    std::string_view name;
    std::string_view label;
    std::string_view hint;
    std::string_view type = "text";  // or "password", "number", "url"
    std::string_view value;
    std::string_view autocomplete = "off";
};
void write_error_summary(Markup& markup, const std::optional<FieldError>& error);
void write_field(Markup& markup, const Field& field, const std::optional<FieldError>& error);

enum class Weight { plain, grave };
// Its form token is the session's.
void write_form(Markup& markup, std::string_view path, std::string_view form_token, std::string_view button,
                Weight weight, const Body& fields);

}  // namespace pillarbox::fleet
