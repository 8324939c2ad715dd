// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/messages/catalogue_file.hpp"

#include <gettext-po.h>
#include <setjmp.h>
#include <stdlib.h>

#include <algorithm>
#include <memory>
#include <type_traits>

#include "core/base/file.hpp"
#include "core/base/utf8.hpp"

namespace pillarbox::messages {
namespace {
constexpr std::size_t file_size_max = 4 * 1024 * 1024;

struct FreeFile {
    void operator()(po_file* file) const { po_file_free(file); }
};
struct FreeIterator {
    void operator()(po_message_iterator_t iterator) const { po_message_iterator_free(iterator); }
};
struct FreeMemory {
    void operator()(char* memory) const { free(memory); }
};

// The library's error handlers get no pointer of ours, and after a fatal error they may not return. So the first
// mistake goes to this thread's variable, and a fatal one jumps back to read_po(), over C frames alone.
struct Mistakes {
    bool found = false;
    std::size_t line = 0;
    char text[200] = {};
    jmp_buf way_out;
};
thread_local Mistakes* mistakes = nullptr;

void note_mistake(int severity, po_message_t /*message*/, const char* /*file*/, size_t line, size_t /*column*/,
                  int /*multiline*/, const char* text) {
    if (severity == PO_SEVERITY_WARNING) {
        return;
    }
    if (!mistakes->found) {
        mistakes->found = true;
        mistakes->line = line == static_cast<size_t>(-1) ? 0 : line;
        for (std::size_t index = 0; text != nullptr && text[index] != '\0' && index + 1 < sizeof mistakes->text;
             ++index) {
            mistakes->text[index] = text[index] == '\n' ? ' ' : text[index];
        }
    }
    if (severity == PO_SEVERITY_FATAL_ERROR) {
        longjmp(mistakes->way_out, 1);
    }
}

void note_mistakes(int severity, po_message_t message, const char* file, size_t line, size_t column, int multiline,
                   const char* text, po_message_t /*message2*/, const char* /*file2*/, size_t /*line2*/,
                   size_t /*column2*/, int /*multiline2*/, const char* /*text2*/) {
    note_mistake(severity, message, file, line, column, multiline, text);
}

// Nothing with a destructor may live in this function: longjmp passes over it.
po_file_t read_po(const char* path, Mistakes* into) {
    static constexpr po_xerror_handler handler{note_mistake, note_mistakes};
    mistakes = into;
    po_file_t file = nullptr;
    if (setjmp(into->way_out) == 0) {
        file = po_file_read(path, &handler);
    }
    mistakes = nullptr;
    return file;
}

std::string header_field(const char* header, const char* field) {
    if (header == nullptr) {
        return {};
    }
    const std::unique_ptr<char, FreeMemory> value(po_header_field(header, field));
    return value ? std::string(value.get()) : std::string();
}

CatalogueEntry entry_of(po_message_t message) {
    CatalogueEntry entry;
    const char* context = po_message_msgctxt(message);
    entry.key = key_of(context == nullptr ? "" : context, po_message_msgid(message));
    if (const char* plural = po_message_msgid_plural(message); plural != nullptr) {
        entry.plural = plural;
        for (int form = 0; po_message_msgstr_plural(message, form) != nullptr; ++form) {
            entry.forms.emplace_back(po_message_msgstr_plural(message, form));
        }
    } else {
        entry.forms.emplace_back(po_message_msgstr(message));
    }
    const bool complete = !entry.forms.empty() && std::ranges::none_of(entry.forms, &std::string::empty);
    entry.state = !complete                           ? CatalogueEntry::State::untranslated
                  : po_message_is_fuzzy(message) != 0 ? CatalogueEntry::State::fuzzy
                                                      : CatalogueEntry::State::translated;
    return entry;
}
}  // namespace

std::string key_of(std::string_view context, std::string_view english) {
    return context.empty() ? std::string(english) : std::string(context) + '\4' + std::string(english);
}

base::Result<CatalogueFile> read_catalogue(const std::filesystem::path& path) {
    // Read here first: the library has no size limit, and takes bytes that are not UTF-8 for another charset.
    const auto bytes = TRY(base::read_file(path, file_size_max));
    if (!base::is_utf8(base::text_of(bytes))) {
        return base::fail(base::ErrorCode::malformed, path.string(), "The file is not UTF-8.", "Save it as UTF-8.");
    }
    Mistakes found;
    const std::unique_ptr<po_file, FreeFile> file(read_po(path.c_str(), &found));
    if (!file || found.found) {
        const auto where = path.string() + (found.line > 0 ? ":" + std::to_string(found.line) : "");
        return base::fail(base::ErrorCode::malformed, where,
                          "Not a gettext .po file: " + std::string(found.text) + ".", "Check it with msgfmt -c.");
    }
    CatalogueFile result;
    const char* header = po_file_domain_header(file.get(), nullptr);
    result.plural_forms = header_field(header, "Plural-Forms");
    result.review = header_field(header, "X-Pillarbox-Review");
    const std::unique_ptr<std::remove_pointer_t<po_message_iterator_t>, FreeIterator> iterator(
        po_message_iterator(file.get(), nullptr));
    for (auto message = po_next_message(iterator.get()); message != nullptr;
         message = po_next_message(iterator.get())) {
        const bool is_header = po_message_msgid(message)[0] == '\0' && po_message_msgctxt(message) == nullptr;
        if (!is_header && po_message_is_obsolete(message) == 0) {
            result.entries.push_back(entry_of(message));
        }
    }
    return result;
}

}  // namespace pillarbox::messages
