// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/instance_state.hpp"

#include <algorithm>
#include <charconv>

#include "core/form/choice_instance.hpp"
#include "core/form/expression.hpp"

namespace pillarbox::form {
namespace {

void collect_nodes(const std::vector<Node>& nodes, std::vector<const Node*>& all) {
    for (const Node& node : nodes) {
        all.push_back(&node);
        collect_nodes(node.children, all);
    }
}

// "person[2]" -> "person", 2; without brackets the first.
struct PathStep {
    std::string_view name;
    std::size_t position;
};

std::optional<PathStep> parse_step(std::string_view text) {
    const std::size_t open = text.find('[');
    if (open == std::string_view::npos) {
        return PathStep{text, 1};
    }
    std::size_t position = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data() + open + 1, end, position);
    if (error != std::errc{} || std::string_view(stopped, end) != "]" || position == 0) {
        return std::nullopt;
    }
    return PathStep{text.substr(0, open), position};
}

// Through a volatile pointer, so that the compiler can't drop a write that nobody reads.
void overwrite(std::string& answer) {
    volatile char* const bytes = answer.data();
    for (std::size_t index = 0; index < answer.size(); ++index) {
        bytes[index] = '\0';
    }
    answer.clear();
}

}  // namespace

InstanceState::~InstanceState() {
    for (std::size_t id = 0; id < tree_.size(); ++id) {
        overwrite(tree_[static_cast<ElementId>(id)].text);
    }
}

InstanceState::InstanceState(std::shared_ptr<const Form> form, Environment environment)
    : form_(std::move(form)), environment_(std::move(environment)) {
    collect_nodes(form_->nodes, nodes_);
    elements_of_node_.resize(nodes_.size());
    const ElementId root = tree_.add_child(document_element, form_->plan->root_name);
    for (const std::string& list : form_->plan->instances) {
        add_choice_instance(form_->choice_lists.at(list), tree_);
    }
    build_children(form_->nodes, root);
    recalculate_all();
}

Surroundings InstanceState::surroundings() const {
    const std::string& language = environment_.language.empty() ? form_->default_language : environment_.language;
    return {.tree = tree_, .today = environment_.today, .form = form_.get(), .language = language};
}

void InstanceState::build_children(const std::vector<Node>& nodes, ElementId parent) {
    for (const Node& node : nodes) {
        // A counted repeat starts empty: its computation adds the repetitions. Any other starts with one, as ODK's
        // do.
        if (node.repeat_count == nullptr) {
            build(node, parent, tree_[parent].children.size());
        }
    }
}

void InstanceState::build(const Node& node, ElementId parent, std::size_t position) {
    const ElementId element = tree_.insert_child(parent, position, node.name, &node);
    tree_[element].relevant = tree_[parent].relevant;
    elements_of_node_[node.index].push_back(element);
    apply_default(node, element);
    build_children(node.children, element);
}

// Metadata hold the day only: a kiosk records no time of day.
void InstanceState::apply_default(const Node& node, ElementId element) {
    const std::string day = base::format_day(environment_.today);
    switch (node.type) {
        case NodeType::today:
            tree_[element].text = day;
            return;
        case NodeType::start:
        case NodeType::end:
            tree_[element].text = day + "T00:00:00.000+00:00";
            return;
        case NodeType::group:
        case NodeType::repeat:
            return;
        case NodeType::text:
        case NodeType::integer:
        case NodeType::decimal:
        case NodeType::date:
        case NodeType::time:
        case NodeType::date_time:
        case NodeType::select_one:
        case NodeType::select_multiple:
        case NodeType::rank:
        case NodeType::range:
        case NodeType::note:
        case NodeType::acknowledge:
        case NodeType::audio:
        case NodeType::image:
        case NodeType::calculate:
        case NodeType::hidden:
        case NodeType::geopoint:
        case NodeType::geotrace:
        case NodeType::geoshape:
        case NodeType::barcode:
        case NodeType::video:
        case NodeType::file:
        case NodeType::start_geopoint:
        case NodeType::background_geopoint:
        case NodeType::background_audio:
        case NodeType::device_property:
        case NodeType::audit:
            break;
    }
    tree_[element].text = node.dynamic_default == nullptr
                              ? node.default_value
                              : evaluate_text(*node.dynamic_default, surroundings(), element);
}

void InstanceState::forget(ElementId element) {
    overwrite(tree_[element].text);  // the arena keeps the slot: not the answer
    std::erase(elements_of_node_[tree_[element].definition->index], element);
    for (const ElementId child : tree_[element].children) {
        forget(child);
    }
}

std::optional<ElementId> InstanceState::find(std::string_view path) const {
    // A screen asks for every question of the form at every frame: most of them need no walk.
    const auto single = form_->plan->single_nodes.find(path);
    return single != form_->plan->single_nodes.end() ? elements_of_node_[single->second].front() : walk(path);
}

std::optional<ElementId> InstanceState::walk(std::string_view path) const {
    ElementId element = document_element;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        const std::optional<PathStep> step = parse_step(path.substr(0, path.find('/')));
        path.remove_prefix(std::min(path.find('/'), path.size()));
        if (!step) {
            return std::nullopt;
        }
        std::size_t left = step->position;
        const auto& children = tree_[element].children;
        const auto found = std::ranges::find_if(
            children, [&](ElementId child) { return tree_[child].name == step->name && --left == 0; });
        if (found == children.end()) {
            return std::nullopt;
        }
        element = *found;
    }
    return path.empty() && element != document_element ? std::optional(element) : std::nullopt;
}

std::string InstanceState::path_of(ElementId element) const {
    std::string path;
    for (const ElementId ancestor : tree_.lineage(element)) {
        if (ancestor == document_element) {
            continue;
        }
        path += "/" + tree_[ancestor].name;
        const Node* node = tree_[ancestor].definition;
        if (node != nullptr && node->type == NodeType::repeat) {
            const std::vector<ElementId> all = repetitions({node, tree_[ancestor].parent});
            path += "[" + std::to_string(std::ranges::find(all, ancestor) - all.begin() + 1) + "]";
        }
    }
    return path;
}

std::optional<InstanceState::RepeatPlace> InstanceState::find_repeat(std::string_view path) const {
    const Node* node = path.ends_with(']') ? nullptr : form_->find(path);
    const std::optional<ElementId> parent = find(path.substr(0, std::min(path.rfind('/'), path.size())));
    if (node == nullptr || node->type != NodeType::repeat || !parent) {
        return std::nullopt;
    }
    return RepeatPlace{node, *parent};
}

std::vector<ElementId> InstanceState::repetitions(const RepeatPlace& place) const {
    std::vector<ElementId> found;
    std::ranges::copy_if(tree_[place.parent].children, std::back_inserter(found),
                         [&](ElementId child) { return tree_[child].definition == place.repeat; });
    return found;
}

void InstanceState::set_text(ElementId element, std::string_view text) {
    std::string fresh(text);  // first: the text may be a view of the old answer
    overwrite(tree_[element].text);
    tree_[element].text = std::move(fresh);
    const auto& readers = form_->plan->readers[tree_[element].definition->index];
    recalculate({readers.begin(), readers.end()});
}

void InstanceState::set_language(std::string_view language) {
    environment_.language = language;
    recalculate_all();
}

void InstanceState::add_repetition(const RepeatPlace& place) {
    insert_repetition(place);
    recalculate_all();
}

void InstanceState::insert_repetition(const RepeatPlace& place) {
    // Behind all children that the form puts before or at this repeat.
    const auto& children = tree_[place.parent].children;
    const auto later = std::ranges::find_if(
        children, [&](ElementId child) { return tree_[child].definition->index > place.repeat->index; });
    build(*place.repeat, place.parent, static_cast<std::size_t>(later - children.begin()));
}

void InstanceState::remove_repetition(ElementId repetition) {
    forget(repetition);
    tree_.detach(repetition);
    recalculate_all();
}

}  // namespace pillarbox::form
