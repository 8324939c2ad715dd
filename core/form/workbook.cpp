// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/binder.hpp"
#include "core/form/choices_reader.hpp"
#include "core/form/entities_reader.hpp"
#include "core/form/outline.hpp"
#include "core/form/package.hpp"
#include "core/form/plan.hpp"
#include "core/form/question_type.hpp"
#include "core/form/reference_geometry.hpp"
#include "core/form/settings_reader.hpp"
#include "core/form/sheet.hpp"
#include "core/form/survey_reader.hpp"
#include "core/form/table.hpp"
#include "core/form/triggers.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view survey_sheet = "survey";

// Sheets that change what a form does, in ways that this version does not.
constexpr std::array<std::string_view, 2> unsupported_sheets = {"osm", "cascades"};

// Sheets that say what the form is; any other is kept as it stands.
constexpr std::array<std::string_view, 5> form_sheets = {survey_sheet, "choices", "settings", "external_choices",
                                                         "entities"};

const Sheet* find_sheet(const std::vector<Sheet>& sheets, std::string_view name) {
    const auto found =
        std::ranges::find_if(sheets, [&](const Sheet& sheet) { return lower_case(sheet.name) == name; });
    return found == sheets.end() ? nullptr : &*found;
}

void check_sheets(const std::vector<Sheet>& sheets, Problems& problems) {
    std::set<std::string, std::less<>> names;
    for (const Sheet& sheet : sheets) {
        const std::string name = lower_case(sheet.name);
        if (!names.insert(name).second) {
            problems.malformed({sheet.name}, "Two sheets have this name, apart from upper and lower case.",
                               "Rename one of them.");
        }
        if (std::ranges::find(unsupported_sheets, name) != unsupported_sheets.end() && !sheet.rows.empty()) {
            problems.unsupported({sheet.name}, "This sheet is not supported.", "Remove it.");
        }
    }
}

// Any other sheet: its first row names the columns. Cells without a column name are not reachable by name, and left
// out.
std::vector<SheetRow> read_other_sheet(const Sheet& sheet) {
    std::vector<SheetRow> rows;
    for (std::size_t index = 1; index < sheet.rows.size(); ++index) {
        SheetRow row;
        for (const Cell& header : sheet.rows.front().cells) {
            const std::string_view text = cell_text(sheet.rows[index], header.column);
            if (!text.empty()) {
                row.emplace(header.text, text);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void number_nodes(std::vector<Node>& nodes, std::uint32_t& next) {
    for (Node& node : nodes) {
        node.index = next++;
        number_nodes(node.children, next);
    }
}

std::optional<Computation::Kind> computation_kind(ExpressionUse use) {
    switch (use) {
        case ExpressionUse::relevant:
            return Computation::Kind::relevant;
        case ExpressionUse::repeat_count:
            return Computation::Kind::repeat_count;
        case ExpressionUse::calculation:
            return Computation::Kind::calculation;
        case ExpressionUse::required:
        case ExpressionUse::read_only:
        case ExpressionUse::constraint:
        case ExpressionUse::choice_filter:
        case ExpressionUse::dynamic_default:
        case ExpressionUse::triggered_value:
        case ExpressionUse::seed:
        case ExpressionUse::text:
            return std::nullopt;
    }
    return std::nullopt;
}

void check_texts(const std::vector<TextUse>& texts, const Outline& outline, Problems& problems) {
    for (const TextUse& use : texts) {
        const Place place{survey_sheet, use.row, use.column};
        for (const auto& [language, text] : use.text.all()) {
            Result<std::vector<std::string>> names = references_in_text(text);
            if (!names) {
                problems.add(std::move(names).error(), place);
                continue;
            }
            for (const std::string& name : *names) {
                if (Result<const Node*> target = resolve_name(name, outline); !target) {
                    problems.add(std::move(target).error(), place);
                }
            }
        }
    }
}

using Columns = std::set<std::string, std::less<>>;

// Every plain name in the expression: where choices come from a file, that is all that is known of its columns.
void collect_names(const Syntax& syntax, Columns& names) {
    for (const Step& step : syntax.steps) {
        names.insert(step.name);
    }
    for (const Syntax& operand : syntax.operands) {
        collect_names(operand, names);
    }
}

// What a choice_filter may call a column.
Columns columns_of(const Node& node, const Syntax& filter, const ChoiceSheet& choices, const ChoiceSheet& external) {
    if (node.choice_file || (is_place(node.type) && node.list_name.empty())) {
        Columns names;
        collect_names(filter, names);
        return names;
    }
    return node.from_external_choices ? external.columns : choices.columns;
}

// Binds all expressions and orders those that are computed ahead of being asked for.
Plan bind_all(const Survey& survey, const ChoiceSheet& choices, const ChoiceSheet& external, const Outline& outline,
              Problems& problems) {
    std::vector<UnorderedComputation> computations;
    std::set<std::string> instances;
    for (const Unbound& unbound : survey.expressions) {
        const Place place{survey_sheet, unbound.row, unbound.column};
        const Node* node = outline.find(unbound.path);
        BindingContext context{outline, names_of(unbound.path), nullptr, &choices.lists, &instances};
        Columns columns;
        if (unbound.use == ExpressionUse::choice_filter && node != nullptr) {
            const Node* repeat = reference_repeat(*node, outline);
            columns = columns_of(*node, unbound.expression->syntax(), choices, external);
            context.columns = repeat == nullptr ? &columns : nullptr;
            context.node = repeat == nullptr ? context.node : names_of(repeat->path);
        }
        Result<std::vector<Dependency>> dependencies = bind(unbound.expression->syntax(), context);
        if (!dependencies) {
            problems.add(std::move(dependencies).error(), place);
        } else if (const auto kind = computation_kind(unbound.use); kind && node != nullptr) {
            computations.push_back({{*kind, node->index, unbound.expression, {}}, *std::move(dependencies), place});
        }
    }
    Plan plan = make_plan(std::move(computations), outline, problems);
    plan.instances = std::move(instances);
    return plan;
}

// "forms/survey-2023.xlsx" -> "survey-2023", the form's id where the settings give none.
std::string stem_of(std::string_view where) {
    const std::string_view name =
        where.substr(where.find_last_of("/\\") == std::string_view::npos ? 0 : where.find_last_of("/\\") + 1);
    return std::string(name.substr(0, name.rfind('.')));
}

Form read_form(const std::vector<Sheet>& sheets, Problems& problems) {
    Form form;
    check_sheets(sheets, problems);
    Settings settings = read_settings(find_sheet(sheets, "settings"), problems);
    const Sheet* survey_rows = find_sheet(sheets, survey_sheet);
    if (survey_rows == nullptr) {
        problems.malformed({survey_sheet}, "The workbook has no sheet named survey.",
                           "Name the sheet of questions survey.");
        return form;
    }
    const Sheet* choice_rows = find_sheet(sheets, "choices");
    std::vector<std::string> languages = languages_of_survey(*survey_rows);
    if (choice_rows != nullptr) {
        const std::vector<std::string> more = languages_of_choices(*choice_rows);
        languages.insert(languages.end(), more.begin(), more.end());
    }
    settle_languages(std::move(languages), settings);
    ChoiceSheet choices = read_choices(choice_rows, settings, problems);
    const ChoiceSheet external = read_choices(find_sheet(sheets, "external_choices"), settings, problems);
    Survey survey = read_survey(*survey_rows, settings, choices, external, problems);
    form.id = settings.id.empty() ? stem_of(problems.where()) : settings.id;
    form.title = settings.title.empty() ? form.id : settings.title;
    form.version = settings.version;
    form.default_language = settings.default_language;
    form.instance_name = settings.instance_name;
    form.style = settings.style;
    form.further_settings = settings.further;
    form.languages = settings.languages;
    form.nodes = std::move(survey.nodes);
    form.audit = std::move(survey.audit);
    form.text_paths = std::move(survey.text_paths);
    form.external_files = std::move(survey.external_files);
    if (form.nodes.empty() && !form.audit && form.external_files.empty()) {
        problems.malformed({survey_sheet}, "The survey sheet asks nothing.", "Add questions below its header row.");
    }
    std::uint32_t next_index = 0;
    number_nodes(form.nodes, next_index);
    const Outline outline(form.nodes, settings.root_name);
    check_texts(survey.texts, outline, problems);
    resolve_triggers(form.nodes, outline, problems);
    const Sheet* entity_rows = find_sheet(sheets, "entities");
    form.entities = read_entities(entity_rows, outline, settings.root_name, form.external_files, problems);
    resolve_reference_geometry(form.nodes, outline, {choices, form.external_files, entity_lists_of(entity_rows)},
                               problems);
    Plan plan = bind_all(survey, choices, external, outline, problems);
    plan.root_name = settings.root_name;
    for (const Node* node : outline.all()) {
        if (outline.named(node->name).size() == 1) {
            plan.targets.emplace(node->name, names_of(node->path));
        }
    }
    form.plan = std::make_shared<const Plan>(std::move(plan));
    form.choice_lists = std::move(choices.lists);
    for (const Sheet& sheet : sheets) {
        const std::string name = lower_case(sheet.name);
        if (std::ranges::find(form_sheets, name) == form_sheets.end() && !sheet.rows.empty()) {
            form.other_sheets.emplace(name, read_other_sheet(sheet));
        }
    }
    return form;
}

struct Reading {
    Form form;
    std::vector<base::Error> problems;
};

Result<Reading> read(base::ByteView xlsx, std::string_view where, const WorkbookLimits& limits) {
    Package package = TRY(Package::open(xlsx, where, limits));
    const std::vector<Sheet> sheets = TRY(read_sheets(package, std::string(where), limits));
    Problems problems(where);
    Form form = read_form(sheets, problems);
    return Reading{std::move(form), std::move(problems).take()};
}

}  // namespace

Result<Form> read_workbook(base::ByteView xlsx, std::string_view where, const WorkbookLimits& limits) {
    Reading reading = TRY(read(xlsx, where, limits));
    if (!reading.problems.empty()) {
        return std::unexpected(std::move(reading.problems.front()));
    }
    return std::move(reading.form);
}

std::vector<base::Error> check_workbook(base::ByteView xlsx, std::string_view where, const WorkbookLimits& limits) {
    Result<Reading> reading = read(xlsx, where, limits);
    if (!reading) {
        return {std::move(reading).error()};
    }
    return std::move(reading->problems);
}

}  // namespace pillarbox::form
