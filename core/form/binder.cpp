// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/form/cell_text.hpp"
#include "core/form/functions.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;
using Kind = Dependency::Kind;

// Where a path has led to so far. After "*" or a step that only the tree knows, the node above stands for all below
// it.
struct Location {
    PathNames names;
    bool exact = true;
};

class Binder {
  public:
    explicit Binder(const BindingContext& context) : context_(context) {}

    // `here` is what "." means: the node of the expression, or inside a predicate the step that it filters.
    Result<void> bind_syntax(Syntax& syntax, const Location& here, Kind kind = Kind::value) {
        switch (syntax.kind) {
            case SyntaxKind::number:
            case SyntaxKind::literal:
            case SyntaxKind::choice_column:
                return {};
            case SyntaxKind::reference:
                return bind_reference(syntax, kind);
            case SyntaxKind::call:
                return bind_call(syntax, here);
            case SyntaxKind::binary:
            case SyntaxKind::negate:
                for (Syntax& operand : syntax.operands) {
                    TRY(bind_syntax(operand, here, kind));
                }
                return {};
            case SyntaxKind::path:
                return bind_path(syntax, here, kind);
        }
        return {};
    }

    [[nodiscard]] std::vector<Dependency> take() && { return std::move(dependencies_); }

  private:
    Result<void> bind_reference(Syntax& reference, Kind kind) {
        const Node* target = TRY(resolve_name(reference.text, context_.outline));
        reference.target = names_of(target->path);
        dependencies_.push_back({target->path, kind});
        return {};
    }

    Result<void> bind_call(Syntax& call, const Location& here) {
        const std::string_view name = call.function->name;
        if (name == "jr:choice-name") {
            TRY(bind_choice_name(call));
            return bind_syntax(call.operands[0], here);
        }
        const bool structure = name == "count" || name == "position";
        for (Syntax& operand : call.operands) {
            TRY(bind_syntax(operand, here, structure ? Kind::structure : Kind::value));
        }
        return {};
    }

    // The second argument is the question whose choices give the label, in quotes: '${city}' or '/data/city'.
    Result<void> bind_choice_name(Syntax& call) {
        Syntax& question = call.operands[1];
        const std::string_view text = trimmed(question.text);
        const Node* node = nullptr;
        if (question.kind == SyntaxKind::literal && text.starts_with("${") && text.ends_with('}')) {
            node = TRY(resolve_name(trimmed(text.substr(2, text.size() - 3)), context_.outline));
        } else if (question.kind == SyntaxKind::literal) {
            node = context_.outline.find(text);
        } else if (question.kind == SyntaxKind::reference) {
            node = TRY(resolve_name(question.text, context_.outline));
        }
        if (node == nullptr || node->list_name.empty()) {
            return base::fail(ErrorCode::malformed, {},
                              "The second argument of jr:choice-name() is not a question with choices.",
                              "Write its reference in quotes, such as '${city}'.");
        }
        question.kind = SyntaxKind::literal;
        question.text = node->path;
        return {};
    }

    Result<void> bind_path(Syntax& path, const Location& here, Kind kind) {
        if (context_.columns != nullptr && is_column(path, here)) {
            return bind_column(path);
        }
        Location location = here;
        if (path.start == PathStart::root) {
            location = {};
        } else if (path.start == PathStart::expression) {
            TRY(bind_syntax(path.operands.front(), here, Kind::structure));
            location = TRY(location_of(path.operands.front()));
            for (Syntax& predicate : path.predicates) {
                TRY(bind_syntax(predicate, location));
            }
        }
        for (Step& step : path.steps) {
            TRY(follow(step, location));
        }
        const std::string target = path_of(location.names);
        const bool exists = context_.outline.is_root(target) || context_.outline.find(target) != nullptr;
        if (!exists) {
            return base::fail(ErrorCode::malformed, {},
                              fmt::format("The form has nothing at the path {}.", target.empty() ? "/" : target),
                              "Use a ${name} reference to a row of the survey sheet.");
        }
        dependencies_.push_back({target, kind});
        return {};
    }

    Result<Location> location_of(const Syntax& start) const {
        if (start.kind == SyntaxKind::reference) {
            return Location{start.target};
        }
        if (start.kind == SyntaxKind::call && start.function->name == "current") {
            return Location{context_.node};
        }
        return base::fail(ErrorCode::unsupported, {},
                          "A path goes on from something other than a reference or current().",
                          "Use ${name} references.");
    }

    Result<void> follow(Step& step, Location& location) {
        const bool downward = step.axis == Axis::child && step.test != NodeTest::any_node;
        const bool upward = step.axis == Axis::parent && step.test == NodeTest::any_node;
        const bool stays = step.axis == Axis::self && step.test == NodeTest::any_node;
        if ((!downward && !upward && !stays) || (upward && (!location.exact || location.names.empty()))) {
            return base::fail(ErrorCode::unsupported, {},
                              "The expression uses a path that goes neither to a child nor to the parent.",
                              "Use ${name} references.");
        }
        if (upward) {
            location.names.pop_back();
        } else if (downward && location.exact && step.test == NodeTest::name) {
            location.names.push_back(step.name);
        } else if (downward) {
            location.exact = false;
        }
        for (Syntax& predicate : step.predicates) {
            TRY(bind_syntax(predicate, location));
        }
        return {};
    }

    // In a choice_filter, a plain name is a column of the choice: region = ${region}.
    [[nodiscard]] bool is_column(const Syntax& path, const Location& here) const {
        return path.start == PathStart::context && path.steps.size() == 1 && path.steps[0].axis == Axis::child &&
               path.steps[0].test == NodeTest::name && path.steps[0].predicates.empty() &&
               here.names == context_.node;
    }

    Result<void> bind_column(Syntax& path) {
        const std::string name = path.steps[0].name;
        if (name != "name" && !context_.columns->contains(name)) {
            return base::fail(ErrorCode::malformed, {},
                              fmt::format("The choices sheet has no column named {}.", name),
                              "Add the column, or use a ${name} reference.");
        }
        path = Syntax{};
        path.kind = SyntaxKind::choice_column;
        path.text = name;
        return {};
    }

    const BindingContext& context_;
    std::vector<Dependency> dependencies_;
};

}  // namespace

Result<const Node*> resolve_name(std::string_view name, const Outline& outline) {
    const std::vector<const Node*>& found = outline.named(name);
    if (found.empty()) {
        return base::fail(ErrorCode::malformed, {}, fmt::format("No row of the survey sheet is named {}.", name),
                          "Correct the ${name} reference.");
    }
    if (found.size() > 1) {
        return base::fail(ErrorCode::malformed, {},
                          fmt::format("Several rows of the survey sheet are named {}.", name),
                          "Rename them, so that the ${name} reference means one of them.");
    }
    return found.front();
}

Result<std::vector<Dependency>> bind(Syntax& syntax, const BindingContext& context) {
    Binder binder(context);
    TRY(binder.bind_syntax(syntax, {context.node}));
    return std::move(binder).take();
}

Result<std::vector<std::string>> references_in_text(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) {
            return base::fail(ErrorCode::malformed, {}, "A ${name} reference is not closed.", "Add the }.");
        }
        names.emplace_back(trimmed(text.substr(at + 2, end - at - 2)));
        at = end;
    }
    return names;
}

}  // namespace pillarbox::form
