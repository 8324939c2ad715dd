// SPDX-License-Identifier: GPL-3.0-or-later
//
// In which order to calculate. Relevance, calculations and repeat counts are computations; each reads nodes and
// changes one. The plan sorts them so that every computation comes after those that it reads from, once for the form;
// after an answer, only those that read it, directly or through others, are done again, each at most once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/form/binder.hpp"
#include "core/form/outline.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

class Expression;

struct Computation {
    enum class Kind { relevant, repeat_count, calculation };
    Kind kind{};
    std::uint32_t node = 0;  // Node::index
    std::shared_ptr<const Expression> expression;
    std::vector<std::uint32_t> dependents;  // computations to do again when this one changes something
};

// Lets a map of strings be asked with a view.
struct HashOfText {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct Plan {
    std::vector<Computation> computations;                  // in dependency order
    std::vector<std::vector<std::uint32_t>> readers;        // by Node::index: computations that read it
    std::map<std::string, PathNames, std::less<>> targets;  // what ${name} means, where it means one node
    // Node::index by Node::path, of the nodes outside of all repeats: each is there exactly once in every instance.
    std::unordered_map<std::string, std::uint32_t, HashOfText, std::equal_to<>> single_nodes;
    std::set<std::string> instances;  // the lists of choices that expressions read through instance()
    std::string root_name;
};

// A computation with what its expression reads.
struct UnorderedComputation {
    Computation computation;
    std::vector<Dependency> dependencies;
    Place place;  // outlives the call
};

// Reports computations that depend on themselves; the plan is then not usable.
[[nodiscard]] Plan make_plan(std::vector<UnorderedComputation> computations, const Outline& outline,
                             Problems& problems);

}  // namespace pillarbox::form
