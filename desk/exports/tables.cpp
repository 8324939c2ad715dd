// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/tables.hpp"

#include <map>

namespace pillarbox::exports {
namespace {

class Builder {
  public:
    explicit Builder(const form::Form& form) : form_(form) { tables_.emplace_back(); }

    // `group` is the header so far, with its "-"; `table` the index of the table that takes the columns.
    void add(const form::Node& node, const std::string& group, std::size_t table) {
        if (node.type == form::NodeType::repeat) {
            add_repeat(node, table);
        } else if (node.type == form::NodeType::group) {
            for (const form::Node& child : node.children) {
                add(child, group + node.name + "-", table);
            }
        } else if (holds_answer(node)) {
            add_field(node, group + node.name, table);
        }
    }

    std::vector<Table> take() {
        name_apart();
        return std::move(tables_);
    }

  private:
    void add_repeat(const form::Node& repeat, std::size_t parent) {
        Table table;
        table.name = repeat.name;
        table.repeat = &repeat;
        table.above = tables_[parent].above;
        if (tables_[parent].repeat != nullptr) {
            table.above.push_back(tables_[parent].repeat);
        }
        tables_.push_back(std::move(table));
        const std::size_t own = tables_.size() - 1;
        // Central starts the names anew inside a repeat: the groups around it are told by PARENT_KEY.
        for (const form::Node& child : repeat.children) {
            add(child, "", own);
        }
    }

    void add_field(const form::Node& node, const std::string& header, std::size_t table) {
        std::vector<Column>& columns = tables_[table].columns;
        columns.push_back(Column{header, &node, {}});
        if (node.type != form::NodeType::select_multiple) {
            return;
        }
        for (const std::string& choice : choice_names(form_, node)) {
            columns.push_back(Column{header + "/" + choice, &node, choice});
        }
    }

    void name_apart() {
        std::map<std::string, int> total;
        for (const Table& table : tables_) {
            ++total[table.name];
        }
        std::map<std::string, int> seen;
        for (Table& table : tables_) {
            const std::string name = table.name;
            if (table.repeat != nullptr && total[name] > 1) {
                table.name += "~" + std::to_string(++seen[name]);
            }
        }
    }

    const form::Form& form_;
    std::vector<Table> tables_;
};

}  // namespace

bool holds_answer(const form::Node& node) {
    return !node.is_container() && node.type != form::NodeType::note;
}

std::vector<std::string> choice_names(const form::Form& form, const form::Node& node) {
    std::vector<std::string> names;
    if (const form::ChoiceList* list = form.choices_of(node)) {
        for (const form::Choice& choice : list->choices) {
            names.push_back(choice.name);
        }
    }
    return names;
}

std::vector<Table> tables_of(const form::Form& form, Part part) {
    Builder builder(form);
    for (const form::Node& node : form.nodes) {
        const bool is_contact = node.type == form::NodeType::group && node.name == contact_group_name;
        if (is_contact == (part == Part::contact)) {
            builder.add(node, "", 0);
        }
    }
    return builder.take();
}

}  // namespace pillarbox::exports
