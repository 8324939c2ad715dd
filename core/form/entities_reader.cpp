// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/entities_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/binder.hpp"
#include "core/form/entity_places.hpp"
#include "core/form/expression.hpp"
#include "core/form/names.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

constexpr std::array columns = {
    ColumnName{"list_name", "list_name"}, ColumnName{"dataset", "list_name"},   ColumnName{"label", "label"},
    ColumnName{"entity_id", "entity_id"}, ColumnName{"create_if", "create_if"}, ColumnName{"update_if", "update_if"},
};

// What an entity is called, and a property: servers keep names with two underscores to themselves.
std::string_view fault_of_name(std::string_view name) {
    return name.starts_with("__")    ? "Names that begin with two underscores are the server's own."
           : !is_question_name(name) ? "This is not a valid name."
                                     : std::string_view();
}

// A name on its own is a path to a child of that name; where there is none it is empty, as anywhere in XPath.
bool is_plain_name(const Syntax& syntax) {
    return syntax.kind == SyntaxKind::path && syntax.start == PathStart::context && syntax.steps.size() == 1 &&
           syntax.steps[0].axis == Axis::child && syntax.steps[0].test == NodeTest::name &&
           syntax.steps[0].predicates.empty();
}

class EntitiesReader {
  public:
    EntitiesReader(const Table& table, const Outline& outline, const std::string& root_name,
                   const ExternalFiles& files, Problems& problems)
        : table_(table), outline_(outline), root_name_(root_name), files_(files), problems_(problems) {}

    std::vector<Entity> run() {
        for (const Column& column : table_.unknown) {
            problems_.unsupported({table_.sheet, table_.header_row, column.header}, "This column is not supported.",
                                  "Correct its header, or remove it.");
        }
        for (const Row& row : table_.rows) {
            read_row(row);
        }
        for (const Node* node : outline_.all()) {
            add_property(*node);
        }
        place_entities(entities_, reads_, outline_, "/" + root_name_, problems_);
        return std::move(entities_);
    }

  private:
    [[nodiscard]] Place place(const Row& row, std::string_view column) const {
        return {table_.sheet, row.number, table_.header_of(column)};
    }

    void read_row(const Row& row) {
        Entity entity;
        entity.row = row.number;
        entity.list_name = table_.text(row, "list_name");
        std::string_view fault = fault_of_name(entity.list_name);
        fault = fault.empty() && entity.list_name.find('.') != std::string::npos
                    ? std::string_view("Lists of entities have no period in their name.")
                    : fault;
        const bool twin = std::ranges::find(entities_, entity.list_name, &Entity::list_name) != entities_.end();
        if (!fault.empty() || twin) {
            problems_.malformed(place(row, "list_name"),
                                twin ? "Two rows have the same list of entities." : std::string(fault), "Rename it.");
        }
        std::vector<std::string> reads;
        read_expression(row, "label", entity.label, reads);
        read_expression(row, "entity_id", entity.entity_id, reads);
        read_expression(row, "create_if", entity.create_if, reads);
        read_expression(row, "update_if", entity.update_if, reads);
        check_together(row, entity);
        entities_.push_back(std::move(entity));
        reads_.push_back(std::move(reads));
    }

    void read_expression(const Row& row, std::string_view column, std::shared_ptr<const Expression>& target,
                         std::vector<std::string>& reads) {
        const std::string_view text = table_.text(row, column);
        if (text.empty()) {
            return;
        }
        auto parsed = Expression::parse(text);
        if (!parsed) {
            problems_.add(std::move(parsed).error(), place(row, column));
            return;
        }
        auto expression = std::make_shared<Expression>(*std::move(parsed));
        target = expression;
        const bool alone = is_plain_name(expression->syntax()) &&
                           outline_.find("/" + root_name_ + "/" + expression->syntax().steps[0].name) == nullptr;
        if (alone) {
            return;
        }
        auto dependencies = bind(expression->syntax(), {outline_, {root_name_}});
        if (!dependencies) {
            problems_.add(std::move(dependencies).error(), place(row, column));
            return;
        }
        for (Dependency& dependency : *dependencies) {
            reads.push_back(std::move(dependency.path));
        }
    }

    void check_together(const Row& row, const Entity& entity) {
        const bool identified = !table_.text(row, "entity_id").empty();
        const bool creates = !table_.text(row, "create_if").empty();
        const bool updates = !table_.text(row, "update_if").empty();
        if (!identified && table_.text(row, "label").empty()) {
            problems_.malformed(place(row, "label"), "An entity that is created needs a label.", "Give it one.");
        }
        if (updates && !identified) {
            problems_.malformed(place(row, "entity_id"), "An entity that is updated needs an entity_id.",
                                "Say which one it is.");
        }
        if (identified && creates && !updates) {
            problems_.malformed(place(row, "update_if"),
                                "An entity that is created or updated needs an update_if too.", "Say when.");
        }
        if (identified && !files_.contains(entity.list_name)) {
            problems_.malformed(place(row, "list_name"),
                                fmt::format("The form does not read the list {} that it updates.", entity.list_name),
                                "Add a csv-external row of that name to the survey sheet.");
        }
    }

    void add_property(const Node& node) {
        if (node.save_to.empty()) {
            return;
        }
        const Place cell{"survey", node.row, "save_to"};
        const std::size_t mark = node.save_to.find('#');
        const std::string list = mark == std::string::npos ? std::string() : node.save_to.substr(0, mark);
        const std::string name = mark == std::string::npos ? node.save_to : node.save_to.substr(mark + 1);
        const std::string lower = lower_case(name);
        if (const std::string_view fault = fault_of_name(name);
            !fault.empty() || lower == "name" || lower == "label") {
            problems_.malformed(cell,
                                fault.empty() ? "Entities have a name and a label of their own." : std::string(fault),
                                "Choose another property name.");
            return;
        }
        const auto entity = mark == std::string::npos && entities_.size() == 1
                                ? entities_.begin()
                                : std::ranges::find(entities_, list, &Entity::list_name);
        if (entity == entities_.end()) {
            problems_.malformed(cell, "The entities sheet has no such list.",
                                "Declare the list there, and write list#property where there are several.");
            return;
        }
        if (std::ranges::find(entity->properties, name, &EntityProperty::name) != entity->properties.end()) {
            problems_.malformed(cell, fmt::format("Two questions are saved as {}.", name), "Rename one of them.");
        }
        entity->properties.push_back({name, node.path});
    }

    const Table& table_;
    const Outline& outline_;
    const std::string& root_name_;
    const ExternalFiles& files_;
    Problems& problems_;
    std::vector<Entity> entities_;
    std::vector<std::vector<std::string>> reads_;  // paths, of the expressions of each
};

}  // namespace

std::vector<Entity> read_entities(const Sheet* sheet, const Outline& outline, const std::string& root_name,
                                  const ExternalFiles& files, Problems& problems) {
    const Sheet none;
    const Table table = read_table(sheet == nullptr ? none : *sheet, {columns, {}}, problems);
    return EntitiesReader(table, outline, root_name, files, problems).run();
}

std::set<std::string, std::less<>> entity_lists_of(const Sheet* sheet) {
    std::set<std::string, std::less<>> lists;
    Problems ignored({});  // read_entities reports them
    if (sheet != nullptr) {
        const Table table = read_table(*sheet, {columns, {}}, ignored);
        for (const Row& row : table.rows) {
            lists.emplace(table.text(row, "list_name"));
        }
    }
    return lists;
}

}  // namespace pillarbox::form
