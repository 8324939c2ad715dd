// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/form/functions.hpp"

namespace pillarbox::form {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Value number(const Call& call) {
    return call.size() == 1 ? call.number(0) : call.conversion().number(Value(call.text_or_context(0)));
}

Value integer(const Call& call) {
    return std::trunc(call.number(0));
}

// XPath rounds halves up, towards positive infinity. With a second argument: to so many decimals, halves away from
// zero.
Value round(const Call& call) {
    const double given = call.number(0);
    if (call.size() == 1) {
        return std::floor(given + 0.5);
    }
    const double decimals = std::trunc(call.number(1));
    if (std::isnan(decimals) || std::abs(decimals) > 300) {
        return not_a_number;
    }
    const double scale = std::pow(10.0, std::abs(decimals));
    return decimals >= 0 ? std::round(given * scale) / scale : std::round(given / scale) * scale;
}

// All arguments as numbers, each node by itself.
std::vector<double> all_numbers(const Call& call) {
    std::vector<double> numbers;
    for (const std::string& text : call.all_texts(0)) {
        numbers.push_back(call.conversion().number(Value(text)));
    }
    return numbers;
}

// Nothing to compare, or something that is no number: NaN.
Value greatest(const Call& call) {
    const std::vector<double> numbers = all_numbers(call);
    const bool good = !numbers.empty() && std::ranges::none_of(numbers, [](double each) { return std::isnan(each); });
    return good ? *std::ranges::max_element(numbers) : not_a_number;
}

Value least(const Call& call) {
    const std::vector<double> numbers = all_numbers(call);
    const bool good = !numbers.empty() && std::ranges::none_of(numbers, [](double each) { return std::isnan(each); });
    return good ? *std::ranges::min_element(numbers) : not_a_number;
}

Value sum(const Call& call) {
    double total = 0;
    for (const double each : all_numbers(call)) {
        total += each;
    }
    return total;
}

Value pow(const Call& call) {
    return std::pow(call.number(0), call.number(1));
}
Value atan2(const Call& call) {
    return std::atan2(call.number(0), call.number(1));
}
Value pi(const Call&) {
    return std::numbers::pi;
}

template <double (*function)(double)>
Value of_one(const Call& call) {
    return function(call.number(0));
}
double floor_of(double x) {
    return std::floor(x);
}
double ceiling_of(double x) {
    return std::ceil(x);
}
double abs_of(double x) {
    return std::abs(x);
}
double sqrt_of(double x) {
    return std::sqrt(x);
}
double exp_of(double x) {
    return std::exp(x);
}
double exp10_of(double x) {
    return std::pow(10.0, x);
}
double log_of(double x) {
    return std::log(x);
}
double log10_of(double x) {
    return std::log10(x);
}
double sin_of(double x) {
    return std::sin(x);
}
double cos_of(double x) {
    return std::cos(x);
}
double tan_of(double x) {
    return std::tan(x);
}
double asin_of(double x) {
    return std::asin(x);
}
double acos_of(double x) {
    return std::acos(x);
}
double atan_of(double x) {
    return std::atan(x);
}

constexpr std::array functions = {
    Function{"number", 0, 1, number},
    Function{"int", 1, 1, integer},
    Function{"round", 1, 2, round},
    Function{"floor", 1, 1, of_one<floor_of>},
    Function{"ceiling", 1, 1, of_one<ceiling_of>},
    Function{"abs", 1, 1, of_one<abs_of>},
    Function{"max", 1, any_number, greatest},
    Function{"min", 1, any_number, least},
    Function{"sum", 1, 1, sum, Arguments::nodes_first},
    Function{"pow", 2, 2, pow},
    Function{"sqrt", 1, 1, of_one<sqrt_of>},
    Function{"exp", 1, 1, of_one<exp_of>},
    Function{"exp10", 1, 1, of_one<exp10_of>},
    Function{"log", 1, 1, of_one<log_of>},
    Function{"log10", 1, 1, of_one<log10_of>},
    Function{"sin", 1, 1, of_one<sin_of>},
    Function{"cos", 1, 1, of_one<cos_of>},
    Function{"tan", 1, 1, of_one<tan_of>},
    Function{"asin", 1, 1, of_one<asin_of>},
    Function{"acos", 1, 1, of_one<acos_of>},
    Function{"atan", 1, 1, of_one<atan_of>},
    Function{"atan2", 2, 2, atan2},
    Function{"pi", 0, 0, pi},
};

}  // namespace

std::span<const Function> number_functions() {
    return functions;
}

}  // namespace pillarbox::form
