// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression_words.hpp"

#include <fmt/format.h>

#include "core/form/cell_text.hpp"
#include "core/form/functions.hpp"
#include "core/form/outline.hpp"
#include "core/form/value.hpp"

namespace pillarbox::tests {
namespace {

using form::Axis;
using form::NodeTest;
using form::PathNames;
using form::Step;
using form::Syntax;
using form::SyntaxKind;

std::string joined(const PathNames& names) {
    return names.empty() ? "/" : form::path_of(names);
}

class Writer {
  public:
    Writer(PathNames context, PlainName plain) : context_(std::move(context)), plain_(plain) {}

    std::string words(const Syntax& syntax, const PathNames& here) const {
        switch (syntax.kind) {
            case SyntaxKind::number:
                return form::text_of(syntax.number);
            case SyntaxKind::literal:
                return literal(form::trimmed(syntax.text));
            case SyntaxKind::reference:
                return joined(PathNames(syntax.target.begin() + 1, syntax.target.end()));
            case SyntaxKind::choice_column:
                return "column:" + syntax.text;
            case SyntaxKind::call:
                return call(syntax, here);
            case SyntaxKind::binary:
                return fmt::format("({} {} {})", words(syntax.operands[0], here), static_cast<int>(syntax.operation),
                                   words(syntax.operands[1], here));
            case SyntaxKind::negate:
                return "-" + words(syntax.operands[0], here);
            case SyntaxKind::path:
                return path(syntax, here);
        }
        return {};
    }

  private:
    // A path in quotes names a question, as in jr:choice-name().
    static std::string literal(std::string_view text) {
        return text.starts_with('/') ? "'" + below_root(text) + "'" : "'" + std::string(text) + "'";
    }

    std::string call(const Syntax& syntax, const PathNames& here) const {
        std::string text = std::string(syntax.function->name) + "(";
        for (const Syntax& operand : syntax.operands) {
            text += words(operand, here) + ",";
        }
        return text + ")";
    }

    std::string path(const Syntax& syntax, const PathNames& here) const {
        const bool alone = syntax.start == form::PathStart::context && syntax.steps.size() == 1 &&
                           syntax.steps[0].axis == Axis::child && syntax.steps[0].test == NodeTest::name;
        if (alone && plain_ == PlainName::column) {
            return "column:" + syntax.steps[0].name;
        }
        PathNames names;
        std::string text;
        if (syntax.start == form::PathStart::context) {
            names = here;
        } else if (syntax.start == form::PathStart::expression) {
            const Syntax& start = syntax.operands.front();
            const bool current = start.kind == SyntaxKind::call && start.function->name == "current";
            const bool reference = start.kind == SyntaxKind::reference;
            names = current ? context_ : reference ? PathNames(start.target.begin() + 1, start.target.end()) : names;
            text = current || reference ? "" : words(start, here);
            for (const Syntax& predicate : syntax.predicates) {
                text += (names.empty() ? "" : joined(names)) + "[" + words(predicate, names) + "]";
                names.clear();
            }
        }
        bool root = syntax.start == form::PathStart::root;
        for (const Step& step : syntax.steps) {
            append(step, root, names, text);
            root = false;
        }
        return text.empty() ? joined(names) : text + (names.empty() ? "" : joined(names));
    }

    // Steps that only a tree can follow, and those with predicates, end what a path can say of names.
    void append(const Step& step, bool is_root, PathNames& names, std::string& text) const {
        if (step.axis == Axis::child && step.test == NodeTest::name) {
            if (!is_root) {
                names.push_back(step.name);
            }
        } else if (step.axis == Axis::parent && step.test == NodeTest::any_node && !names.empty()) {
            names.pop_back();
        } else if (step.axis != Axis::self || step.test != NodeTest::any_node) {
            text += joined(names) +
                    fmt::format("/{}::{}{}", static_cast<int>(step.axis), static_cast<int>(step.test), step.name);
            names.clear();
        }
        for (const Syntax& predicate : step.predicates) {
            text += joined(names) + "[" + words(predicate, names) + "]";
            names.clear();
        }
    }

    PathNames context_;
    PlainName plain_;
};

}  // namespace

std::string below_root(std::string_view path) {
    const std::size_t slash = path.find('/', 1);
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(slash));
}

std::string words_of_expression(const Syntax& syntax, std::string_view context, PlainName plain) {
    const PathNames names = form::names_of(context);
    return Writer(names, plain).words(syntax, names);
}

std::string words_of_xpath(std::string_view xpath, std::string_view context, PlainName plain) {
    const auto parsed = form::Expression::parse(xpath);
    return parsed ? words_of_expression(parsed->syntax(), context, plain) : "not parsed: " + std::string(xpath);
}

}  // namespace pillarbox::tests
