// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/html.hpp"

namespace pillarbox::report {

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char letter : text) {
        switch (letter) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default: {
                const bool control = static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\t';
                safe += control ? std::string("\xEF\xBF\xBD") : std::string(1, letter);
            }
        }
    }
    return safe;
}

}  // namespace pillarbox::report
