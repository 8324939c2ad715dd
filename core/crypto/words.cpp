// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/words.hpp"

#include <array>

namespace pillarbox::crypto {
namespace {

// Sorted. No two begin with the same three letters, so that a word half heard or half written is still one word.
constexpr std::array<std::string_view, 256> table = {
    "acid",   "acorn",  "alarm",  "album",  "alley",  "amber",  "angle",  "apple",  "april",  "arrow",  "atlas",
    "attic",  "autumn", "bacon",  "badge",  "bagel",  "bamboo", "banana", "barn",   "basket", "beach",  "bell",
    "bike",   "bird",   "boat",   "book",   "bottle", "bowl",   "box",    "bread",  "brick",  "broom",  "brush",
    "bubble", "bucket", "cabin",  "cactus", "cake",   "candle", "carpet", "castle", "cat",    "chair",  "cheese",
    "circle", "city",   "clay",   "clock",  "coat",   "coffee", "coin",   "copper", "coral",  "cotton", "cow",
    "crab",   "crown",  "daisy",  "dance",  "desk",   "dinner", "doctor", "dog",    "donkey", "door",   "dragon",
    "dress",  "drum",   "duck",   "dust",   "eagle",  "easel",  "echo",   "edge",   "egg",    "elbow",  "engine",
    "fabric", "falcon", "family", "farm",   "fiddle", "field",  "finger", "fire",   "fish",   "flag",   "forest",
    "fossil", "frog",   "fruit",  "galaxy", "garden", "giant",  "ginger", "glass",  "glove",  "gold",   "goose",
    "grape",  "green",  "guitar", "hammer", "hazel",  "heart",  "hedge",  "helmet", "hockey", "honey",  "horse",
    "hotel",  "house",  "igloo",  "insect", "iron",   "island", "ivory",  "jacket", "jelly",  "jewel",  "jigsaw",
    "juice",  "july",   "jungle", "kayak",  "kettle", "king",   "kite",   "koala",  "ladder", "lake",   "lamp",
    "laptop", "leaf",   "lemon",  "lentil", "letter", "lily",   "linen",  "lion",   "lizard", "lunch",  "magnet",
    "maple",  "marble", "meadow", "melon",  "metal",  "mirror", "monday", "moon",   "moss",   "motor",  "mouse",
    "muffin", "museum", "napkin", "needle", "nest",   "noodle", "north",  "ocean",  "olive",  "onion",  "opera",
    "orange", "orchid", "otter",  "oven",   "oyster", "paddle", "palm",   "panda",  "paper",  "parrot", "pasta",
    "peach",  "pebble", "pencil", "pepper", "piano",  "picnic", "pigeon", "pillow", "pizza",  "planet", "pocket",
    "poppy",  "potato", "puddle", "puppet", "purple", "puzzle", "queen",  "quilt",  "rabbit", "radio",  "raven",
    "ribbon", "rice",   "river",  "robin",  "rocket", "roof",   "ruby",   "ruler",  "saddle", "salad",  "sand",
    "scarf",  "school", "shell",  "shirt",  "silver", "singer", "soap",   "sofa",   "soup",   "spider", "spoon",
    "spring", "square", "storm",  "summer", "table",  "teapot", "temple", "tennis", "thread", "thumb",  "tiger",
    "timber", "toast",  "tomato", "torch",  "tower",  "train",  "tree",   "tulip",  "tunnel", "turtle", "uncle",
    "valley", "velvet", "violin", "wagon",  "walnut", "water",  "wheat",  "willow", "winter", "wolf",   "yellow",
    "yogurt", "zebra",  "zero",
};

}  // namespace

std::string_view word_of(std::uint8_t byte) {
    return table[byte];
}

SecretBytes words_of(base::ByteView bytes) {
    std::size_t size = bytes.empty() ? 0 : bytes.size() - 1;
    for (const std::uint8_t byte : bytes) {
        size += word_of(byte).size();
    }
    SecretBytes text(size);
    auto out = text.bytes().begin();
    for (const std::uint8_t byte : bytes) {
        if (out != text.bytes().begin()) {
            *out++ = ' ';
        }
        for (const char letter : word_of(byte)) {
            *out++ = static_cast<std::uint8_t>(letter);
        }
    }
    return text;
}

}  // namespace pillarbox::crypto
