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
    const ChoiceList* list =
        nullptr;  // inside the brackets of instance('list')/root/item[...]: names are its columns
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
        if (call.function->use == Use::documents) {
            return base::fail(ErrorCode::unsupported, {}, fmt::format("A form can't use the function {}().", name),
                              "Use another function: docs/formats/form.md lists them.");
        }
        if (name == "instance") {
            return refuse_instance_path();
        }
        if (name == "indexed-repeat") {
            return bind_indexed_repeat(call, here);
        }
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

    // A question, written as its reference or as its path from the root; the syntax becomes a bound reference.
    Result<const Node*> bind_question(Syntax& question) {
        const Node* node = nullptr;
        if (question.kind == SyntaxKind::reference) {
            node = TRY(resolve_name(question.text, context_.outline));
        } else if (question.kind == SyntaxKind::path && question.start == PathStart::root) {
            PathNames names;
            for (const Step& step : question.steps) {
                const bool plain = step.axis == Axis::child && step.test == NodeTest::name && step.prefix.empty() &&
                                   step.predicates.empty();
                names.push_back(plain ? step.name : std::string());
            }
            node = context_.outline.find(path_of(names));
        }
        if (node == nullptr) {
            return base::fail(ErrorCode::malformed, {}, "An argument of indexed-repeat() is not a ${reference}.",
                              "Write indexed-repeat(${question}, ${repeat}, 2).");
        }
        question = Syntax{};
        question.kind = SyntaxKind::reference;
        question.target = names_of(node->path);
        return node;
    }

    // indexed-repeat(${name}, ${person}, 2): the question, then pairs of a repeat around it and a number.
    Result<void> bind_indexed_repeat(Syntax& call, const Location& here) {
        const Node* question = TRY(bind_question(call.operands[0]));
        dependencies_.push_back({question->path, Kind::value});
        for (std::size_t at = 1; at < call.operands.size(); at += 2) {
            const Node* repeat = TRY(bind_question(call.operands[at]));
            const bool around = repeat->type == NodeType::repeat && question->path.starts_with(repeat->path + "/");
            if (!around || at + 1 == call.operands.size()) {
                return base::fail(
                    ErrorCode::malformed, {},
                    "indexed-repeat() wants a repeat around the question, and the number of a repetition.",
                    "Write indexed-repeat(${question}, ${repeat}, 2).");
            }
            dependencies_.push_back({repeat->path, Kind::structure});
            TRY(bind_syntax(call.operands[at + 1], here));
        }
        return {};
    }

    static bool is_instance(const Syntax& syntax) {
        return syntax.kind == SyntaxKind::call && syntax.function->name == "instance";
    }

    static std::unexpected<base::Error> refuse_instance_path() {
        return base::fail(ErrorCode::unsupported, {},
                          "instance() is supported only as instance('list')/root/item[...]/column.",
                          "Write it so, with columns of the choices sheet in the brackets.");
    }

    static bool is_child(const Step& step, std::string_view name) {
        return step.axis == Axis::child && step.test == NodeTest::name && step.prefix.empty() &&
               (name.empty() || step.name == name);
    }

    // instance('list')/root/item[column = ${answer}]/column: the list's choices as elements (choice_instance.hpp).
    Result<void> bind_instance(Syntax& path) {
        const Syntax& id = path.operands.front().operands.front();
        const bool good = context_.lists != nullptr && context_.instances != nullptr && path.predicates.empty() &&
                          id.kind == SyntaxKind::literal && (path.steps.size() == 2 || path.steps.size() == 3) &&
                          is_child(path.steps[0], "root") && path.steps[0].predicates.empty() &&
                          is_child(path.steps[1], "item");
        if (!good) {
            return refuse_instance_path();
        }
        const auto found = context_.lists->find(id.text);
        if (found == context_.lists->end()) {
            return base::fail(
                ErrorCode::malformed, {},
                fmt::format("The choices sheet has no list named {}, which instance() asks for.", id.text),
                "Correct the name.");
        }
        for (Syntax& predicate : path.steps[1].predicates) {
            TRY(bind_syntax(predicate, Location{{}, false, &found->second}));
        }
        if (path.steps.size() == 3) {
            if (!is_child(path.steps[2], "") || !path.steps[2].predicates.empty()) {
                return refuse_instance_path();
            }
            TRY(check_column(path.steps[2].name, found->second));
        }
        context_.instances->insert(id.text);
        return {};
    }

    static Result<void> check_column(const std::string& name, const ChoiceList& list) {
        const bool known =
            name == "name" || name == "label" ||
            std::ranges::any_of(list.choices, [&](const Choice& c) { return c.columns.contains(name); });
        if (!known) {
            return base::fail(ErrorCode::malformed, {},
                              fmt::format("The list {} has no column named {}.", list.name, name),
                              "Add the column to the choices sheet, or use a ${name} reference.");
        }
        const bool translated =
            std::ranges::any_of(list.choices, [](const Choice& choice) { return choice.label.all().size() > 1; });
        if (name == "label" && translated) {
            return base::fail(ErrorCode::unsupported, {},
                              fmt::format("The label of the list {} is in several languages.", list.name),
                              "Use jr:choice-name(), which yields it in the person's language.");
        }
        return {};
    }

    Result<void> bind_path(Syntax& path, const Location& here, Kind kind) {
        if (path.start == PathStart::expression && is_instance(path.operands.front())) {
            return bind_instance(path);
        }
        if (path.start == PathStart::context && here.list != nullptr) {
            const bool column =
                path.steps.size() == 1 && is_child(path.steps[0], "") && path.steps[0].predicates.empty();
            return column ? check_column(path.steps[0].name, *here.list) : refuse_instance_path();
        }
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
        const bool named = step.test == NodeTest::name || step.test == NodeTest::any_name;
        const bool downward = step.axis == Axis::child && named && step.prefix.empty();
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
