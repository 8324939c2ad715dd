// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/qr/code.hpp"
#include "sync/store/fleet/kiosk_pages.hpp"

namespace pillarbox::fleet {
namespace {

// One path of all dark modules, each a square of one, over a light ground with the border that readers need.
void write_code(Markup& markup, const qr::Code& code) {
    const std::size_t side = code.size() + 2 * qr::quiet_modules;
    std::string dark;
    for (std::size_t row = 0; row < code.size(); ++row) {
        for (std::size_t column = 0; column < code.size(); ++column) {
            if (code.is_dark(column, row)) {
                dark += fmt::format("M{} {}h1v1h-1z", column + qr::quiet_modules, row + qr::quiet_modules);
            }
        }
    }
    const std::string box = fmt::format("0 0 {0} {0}", side);
    markup.open("svg", {{"class", "qr"},
                        {"viewBox", box},
                        {"shape-rendering", "crispEdges"},
                        {"role", "img"},
                        {"aria-label", "The token as a QR code"}});
    markup.open("rect", {{"width", "100%"}, {"height", "100%"}, {"fill", "#fff"}}).close();
    markup.open("path", {{"d", dark}, {"fill", "#000"}}).close();
    markup.close();
}

}  // namespace

void write_token(Markup& markup, std::string_view station, std::string_view token) {
    markup.leaf("h1", fmt::format("Token for {}", station));
    markup.open("div", {{"class", "inset urgent"}});
    markup.leaf("p", "It is shown once, and enrols one kiosk. Write it down now, or scan it.").close();
    markup.leaf("p", token, {{"class", "token"}, {"data-token", ""}});
    const auto code = qr::make_code(token);
    if (code.has_value()) {
        write_code(markup, *code);
    }
    markup.leaf("h2", "What to do with it").open("ol");
    markup.leaf("li", "On the kiosk, or the machine that prepares it, save the token in a file.");
    markup.leaf("li", "Run pillarbox kiosk enrol with that file and the campaign's pack.");
    markup.leaf("li",
                "Run pillarbox-sync enrol where there is a network. The kiosk makes its key, and appears here.");
    markup.close();
    markup.leaf("a", "Back to the kiosks", {{"href", "/fleet"}, {"class", "button"}});
}

}  // namespace pillarbox::fleet
