// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/key_search.hpp"

#include <utility>

namespace pillarbox::rehearse {
namespace {

using input::KeyLevel;

std::string node_of(const std::string& id) {
    return "keyboard/" + id;
}

// The longest text that one key writes is taken: lam-alef before lam.
class Search {
  public:
    explicit Search(std::string_view text) : text_(text) {}

    void letters(const std::vector<input::KeyRow>& rows, KeyLevel level, const std::vector<std::string>& before) {
        each(rows, [&](const input::Key& key) { consider(key.at(level).text, before, {node_of(key.id)}); });
    }
    void variants(const std::vector<input::KeyRow>& rows, KeyLevel level, const std::vector<std::string>& before) {
        each(rows, [&](const input::Key& key) {
            const auto& variants = key.variants_at(level);
            for (std::size_t index = 0; index < variants.size(); ++index) {
                consider(variants[index].text, before,
                         {node_of("more"), node_of(key.id), node_of("variant/" + std::to_string(index))});
            }
        });
    }
    [[nodiscard]] bool found() const { return best_.size_bytes > 0; }
    [[nodiscard]] KeysForLetter take() { return std::move(best_); }

  private:
    template <typename See>
    static void each(const std::vector<input::KeyRow>& rows, const See& see) {
        for (const auto& row : rows) {
            for (const auto& key : row) {
                see(key);
            }
        }
    }
    void consider(const std::string& writes, const std::vector<std::string>& before,
                  const std::vector<std::string>& keys) {
        if (!writes.empty() && text_.starts_with(writes) && writes.size() > best_.size_bytes) {
            best_.keys = before;
            best_.keys.insert(best_.keys.end(), keys.begin(), keys.end());
            best_.size_bytes = writes.size();
        }
    }

    std::string_view text_;
    KeysForLetter best_;
};

}  // namespace

base::Result<KeysForLetter> keys_for(const input::KeyboardLayout& layout, std::string_view text) {
    if (text.starts_with(' ') || text.starts_with('\n')) {
        return KeysForLetter{{node_of(text.front() == ' ' ? "space" : "return")}, 1};
    }
    const std::vector<std::string> shift{node_of("shift")};
    for (int place = 0; place < 5; ++place) {
        Search search(text);
        switch (place) {
            case 0:
                search.letters(layout.rows, KeyLevel::base, {});
                break;
            case 1:
                search.letters(layout.rows, KeyLevel::shift, shift);
                break;
            case 2:
                search.variants(layout.rows, KeyLevel::base, {});
                break;
            case 3:
                search.variants(layout.rows, KeyLevel::shift, shift);
                break;
            case 4:
                search.letters(layout.symbols, KeyLevel::base, {node_of("symbols")});
                break;
        }
        if (search.found()) {
            auto found = search.take();
            if (place == 4) {
                found.keys.push_back(node_of("symbols"));
            }
            return found;
        }
    }
    return base::fail(base::ErrorCode::not_found, {}, "No key of the keyboard writes the next letter.",
                      "Write the answer in letters of the language's own keyboard.");
}

}  // namespace pillarbox::rehearse
