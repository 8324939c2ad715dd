// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions of chance. Their answer changes at every evaluation, so that forms, which calculate whenever an answer
// changes, can't use them.
#include <array>
#include <cmath>
#include <limits>

#include "core/form/functions.hpp"
#include "core/form/seeded_order.hpp"

namespace pillarbox::form {
namespace {

constexpr double token_length_max = 1'000;

Value random(const Call& call) {
    base::Random* random = call.evaluation.surroundings.random;
    if (random == nullptr) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return static_cast<double>(random->below(std::uint64_t{1} << 53)) / static_cast<double>(std::uint64_t{1} << 53);
}

// RFC 4122 version 4; or a token of so many letters and digits.
Value uuid(const Call& call) {
    base::Random* random = call.evaluation.surroundings.random;
    const double length = call.size() == 0 ? 0 : call.number(0);
    if (random == nullptr || !(length >= 0 && length <= token_length_max)) {
        return std::string();
    }
    std::string token;
    if (call.size() == 0) {
        constexpr std::string_view digits = "0123456789abcdef";
        constexpr std::string_view pattern = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
        for (const char place : pattern) {
            token += place == 'x'   ? digits[static_cast<std::size_t>(random->below(16))]
                     : place == 'y' ? digits[static_cast<std::size_t>(8 + random->below(4))]
                                    : place;
        }
        return token;
    }
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (double left = std::trunc(length); left > 0; --left) {
        token += letters[static_cast<std::size_t>(random->below(letters.size()))];
    }
    return token;
}

Value randomize(const Call& call) {
    NodeSet nodes = call.nodes(0);
    base::Random* random = call.evaluation.surroundings.random;
    if (call.size() == 1) {
        if (random != nullptr) {
            random->shuffle(nodes);
        }
        return nodes;
    }
    NodeSet shuffled;
    for (const std::size_t index : seeded_order(nodes.size(), call.number(1))) {
        shuffled.push_back(nodes[index]);
    }
    return shuffled;
}

constexpr std::array functions = {
    Function{"random", 0, 0, random, Arguments::any, NodeResult::no, Use::documents},
    Function{"uuid", 0, 1, uuid, Arguments::any, NodeResult::no, Use::documents},
    Function{"randomize", 1, 2, randomize, Arguments::nodes_first, NodeResult::yes, Use::documents},
};

}  // namespace

std::span<const Function> random_functions() {
    return functions;
}

}  // namespace pillarbox::form
