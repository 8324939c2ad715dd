// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/duplicates.hpp"

#include <cctype>
#include <set>

#include "desk/workspace/answers.hpp"
#include "desk/workspace/index.hpp"

namespace pillarbox::workspace {

std::vector<crypto::Digest> prints_of(const form::Form& form, const submission::Submission& submission) {
    std::vector<crypto::Digest> prints;
    for_each_text(form, submission, [&](const form::Node&, const form::Answer& answer) {
        std::string letters;
        for (const char letter : answer.value) {
            const auto byte = static_cast<unsigned char>(letter);
            if (byte >= 0x80 || std::isalnum(byte) != 0) {
                letters += byte < 0x80 ? static_cast<char>(std::tolower(byte)) : letter;
            }
        }
        if (letters.size() >= alike_size_bytes_min) {
            prints.push_back(crypto::sha256(base::view_of(letters)));
        }
    });
    return prints;
}

base::Result<std::vector<std::vector<ResponseId>>> suspected_duplicates(Workspace& workspace) {
    TRY(bring_index_up_to_date(workspace));
    auto select = TRY(workspace.database().prepare(
        "WITH suspect AS (SELECT print, response FROM likeness WHERE response NOT IN "
        "(SELECT response FROM cell WHERE kind = 'different')) "
        "SELECT print, response FROM suspect WHERE print IN "
        "(SELECT print FROM suspect GROUP BY print HAVING count(*) > 1) ORDER BY print, response"));
    auto rows = TRY(select.query());
    std::vector<std::vector<ResponseId>> groups;
    crypto::Digest current{};
    while (TRY(rows.next())) {
        const auto print = TRY(rows.array<32>(0));
        if (groups.empty() || print != current) {
            groups.emplace_back();
            current = print;
        }
        groups.back().push_back(TRY(rows.integer(1)));
    }
    // Responses that share several answers come once.
    const std::set<std::vector<ResponseId>> once(groups.begin(), groups.end());
    return std::vector<std::vector<ResponseId>>(once.begin(), once.end());
}

base::Result<void> mark_different(Workspace& workspace, const Editor& editor, ResponseId response) {
    TRY(make_change(workspace, editor, {CellKind::different, response, {}, "1"}));
    return {};
}

}  // namespace pillarbox::workspace
