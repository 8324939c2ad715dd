// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions of places on the earth, taken as a sphere of the equator's radius, as other form engines do. A place is
// "latitude longitude altitude accuracy" in degrees and metres, the last two may lack; places are joined by ";" or
// are the nodes of a node set. Results are rounded to centimetres.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "core/form/functions.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double radius_m = 6'378'100;

struct Place {
    double latitude, longitude;  // degrees
};

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

double to_hundredths(double number) {
    return std::floor(number * 100 + 0.5) / 100;
}

std::optional<Place> place_in(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.size() < 2 || words.size() > 4) {
        return std::nullopt;
    }
    const Place place{number_of(words[0]), number_of(words[1])};
    const bool on_earth = std::abs(place.latitude) <= 90 && std::abs(place.longitude) <= 180;  // not where NaN
    return on_earth ? std::optional(place) : std::nullopt;
}

struct Places {
    std::size_t given = 0;
    std::optional<std::vector<Place>> all;  // nothing where one is no place
};

Places places_in(const std::vector<std::string>& texts) {
    Places places{0, std::vector<Place>()};
    for (std::string_view text : texts) {
        while (!text.empty()) {
            const std::string_view one = text.substr(0, text.find(';'));
            text.remove_prefix(std::min(one.size() + 1, text.size()));
            if (words_of(one).empty()) {
                continue;
            }
            ++places.given;
            const std::optional<Place> place = place_in(one);
            if (!place) {
                places.all.reset();
            } else if (places.all) {
                places.all->push_back(*place);
            }
        }
    }
    return places;
}

// The area inside the places in square metres, by the trapezoids down to the equator. Fewer than three enclose none.
Value area(const Call& call) {
    const Places places = places_in(call.all_texts(0));
    if (places.given < 3) {
        return 0.0;
    }
    if (!places.all) {
        return not_a_number;
    }
    double sum = 0;
    for (std::size_t index = 0; index < places.all->size(); ++index) {
        const Place& from = (*places.all)[index];
        const Place& to = (*places.all)[(index + 1) % places.all->size()];
        sum += radians(to.longitude - from.longitude) *
               (2 + std::sin(radians(from.latitude)) + std::sin(radians(to.latitude)));
    }
    return to_hundredths(std::abs(sum * radius_m * radius_m / 2));
}

// The haversine formula, which keeps its precision for places that are close.
double distance_between(const Place& from, const Place& to) {
    const double half_latitude = std::sin(radians(to.latitude - from.latitude) / 2);
    const double half_longitude = std::sin(radians(to.longitude - from.longitude) / 2);
    const double haversine = half_latitude * half_latitude + std::cos(radians(from.latitude)) *
                                                                 std::cos(radians(to.latitude)) * half_longitude *
                                                                 half_longitude;
    return 2 * radius_m * std::asin(std::sqrt(std::min(1.0, haversine)));
}

// The length of the way along the places in metres.
Value distance(const Call& call) {
    const Places places = places_in(call.all_texts(0));
    if (!places.all || places.given == 0) {
        return not_a_number;
    }
    double sum = 0;
    for (std::size_t index = 1; index < places.all->size(); ++index) {
        sum += distance_between((*places.all)[index - 1], (*places.all)[index]);
    }
    return to_hundredths(sum);
}

// geofence(place, places): whether it lies inside the area that they enclose, on a flat map. Counts how often a line
// due north from the place crosses the border.
Value geofence(const Call& call) {
    const std::optional<Place> place = place_in(call.text(0));
    const Places border = places_in(call.all_texts(1));
    if (!place || !border.all || border.given < 3) {
        return false;
    }
    bool inside = false;
    for (std::size_t index = 0; index < border.all->size(); ++index) {
        const Place& from = (*border.all)[index];
        const Place& to = (*border.all)[(index + 1) % border.all->size()];
        const bool spans = (from.longitude > place->longitude) != (to.longitude > place->longitude);
        if (!spans) {
            continue;
        }
        const double share = (place->longitude - from.longitude) / (to.longitude - from.longitude);
        if (place->latitude < from.latitude + share * (to.latitude - from.latitude)) {
            inside = !inside;
        }
    }
    return inside;
}

constexpr std::array functions = {
    Function{"area", 1, 1, area},
    Function{"distance", 1, any_number, distance},
    Function{"geofence", 2, 2, geofence},
};

}  // namespace

std::span<const Function> geometry_functions() {
    return functions;
}

}  // namespace pillarbox::form
