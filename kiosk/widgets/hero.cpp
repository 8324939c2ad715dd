// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/hero.hpp"

#include <algorithm>

#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

constexpr double panel_text_scale_max = 1.25;  // larger text needs the whole width
constexpr float panel_share = 0.435F;          // of the column

// The narrowest width that takes no more lines than all of `width`: so that no word is left alone in the last one.
float balanced_width(Ui& ui, std::string_view text, const TextSpec& spec, float width) {
    const text::TextStyle style = ui.style_of(spec);
    const float height = ui.layouter().measure(text, style, width).height;
    float narrow = width / 2;
    float wide = width;
    for (int halving = 0; halving < 5; ++halving) {
        const float middle = (narrow + wide) / 2;
        (ui.layouter().measure(text, style, middle).height > height ? narrow : wide) = middle;
    }
    return wide;
}

// Set first and painted afterwards, because the ground below it is as high as its texts.
class HeroDrawing {
  public:
    HeroDrawing(Ui& ui, const HeroSpec& spec, float heading_px) : ui_(ui), spec_(spec) {
        const Tokens& tokens = ui_.tokens();
        set(spec_.caption_key, Role::paragraph, spec_.caption,
            {.size_px = tokens.help_px, .weight = text::Weight::semibold}, tokens.gap_small);
        const TextSpec large{.size_px = heading_px, .weight = text::Weight::bold, .line_height = 1.1F};
        const float whole = ui_.flow().width;
        ui_.flow().width = balanced_width(ui_, spec_.heading, large, whole);
        set("heading", Role::heading, spec_.heading, large, tokens.gap);
        ui_.flow().width = whole;
        set(spec_.title_key, Role::paragraph, spec_.title,
            {.size_px = tokens.body_px, .weight = text::Weight::medium, .line_height = 1.25F}, tokens.gap * 1.4F);
        set_facts();
    }

    void set_points() {
        if (spec_.points.empty()) {
            return;
        }
        const Tokens& tokens = ui_.tokens();
        ui_.space(tokens.gap_large);
        points_label_key_ = spec_.points_key + "_label";
        set(points_label_key_, Role::paragraph, spec_.points_label,
            {.size_px = tokens.option_px, .weight = text::Weight::bold}, tokens.gap);
        const TextSpec spec{.size_px = tokens.help_px, .line_height = 1.25F};
        const float indent = 40 * tokens.unit;
        const float dot = 11 * tokens.unit;
        const Ui::Flow whole = ui_.flow();
        first_point_ = lines_.size();
        for (const std::string& point : spec_.points) {
            ui_.flow().x = whole.x + indent;
            ui_.flow().width = whole.width - indent;
            set({}, Role::list_item, point, spec, tokens.gap_small);
            const Line& line = lines_.back();
            const text::TextLine& first = line.layout->lines().front();
            const float middle = line.place.y + first.rect.y + first.rect.height / 2;
            marks_.push_back({Icon::none, {whole.x, middle - dot / 2, dot, dot}});
        }
        ui_.flow() = {whole.x, ui_.flow().y, whole.width};
    }

    void paint() {
        for (const Mark& mark : marks_) {
            if (mark.icon == Icon::none) {
                ui_.painter().circle(mark.place, ui_.palette().on_header);
            } else {
                ui_.painter().icon(mark.icon, mark.place, ui_.palette().on_header);
            }
        }
        for (std::size_t index = 0; index < std::min(first_point_, lines_.size()); ++index) {
            Node& node = paint_line(lines_[index], lines_[index].key);
            if (node.role == Role::heading) {
                node.level = 1;
                node.actions.add(semantics::Action::focus);
                ui_.focus_on_arrival(lines_[index].key, Ui::Arrival::takes_free_focus);
            }
        }
        if (first_point_ >= lines_.size()) {
            return;
        }
        ui_.open_node(spec_.points_key, Role::list,
                      {ui_.flow().x, lines_[first_point_].place.y, ui_.flow().width, 0});
        for (std::size_t index = first_point_; index < lines_.size(); ++index) {
            const std::size_t number = index - first_point_;
            Node& node = paint_line(lines_[index], spec_.points_key + "/" + std::to_string(number));
            node.position = static_cast<int>(number) + 1;
            node.set_size = static_cast<int>(spec_.points.size());
        }
        ui_.close_node();
    }

  private:
    struct Line {
        std::string_view key;
        Role role = Role::paragraph;
        std::string_view words;
        TextSpec spec;
        std::shared_ptr<const text::TextLayout> layout;
        Rect place;
    };
    struct Mark {
        Icon icon = Icon::none;  // none: a dot
        Rect place;
    };

    void set(std::string_view key, Role role, std::string_view words, const TextSpec& spec, float space_after) {
        if (words.empty()) {
            return;
        }
        auto layout = ui_.lay_out(words, spec, ui_.flow().width);
        const Rect place = ui_.take(layout->height());
        lines_.push_back({key, role, words, spec, std::move(layout), place});
        ui_.space(space_after);
    }

    Node& paint_line(const Line& line, std::string_view key) {
        ui_.painter().text(*line.layout, line.place, ui_.palette().on_header);
        Node& node = ui_.add_node(key, line.role, line.place);
        node.name = line.words;
        ui_.note_text(node, *line.layout, line.place, line.spec, ui_.palette().on_header, ui_.palette().header);
        return node;
    }

    void set_facts() {
        const Tokens& tokens = ui_.tokens();
        const TextSpec spec{.size_px = tokens.help_px, .weight = text::Weight::medium};
        const float icon = tokens.icon * 0.85F;
        const float beside = icon + tokens.gap_small;
        const Ui::Flow whole = ui_.flow();
        float x = 0;
        float y = whole.y;
        float row = 0;
        for (const HeroFact& fact : spec_.facts) {
            const float natural = ui_.layouter().measure(fact.text, ui_.style_of(spec)).width + 2;
            const float width = std::min(natural, whole.width - beside);
            if (x > 0 && x + beside + width > whole.width) {
                y += row + tokens.gap_small;
                x = row = 0;
            }
            auto layout = ui_.lay_out(fact.text, spec, width);
            const float first_line = layout->lines().front().rect.height;
            const float line_height = std::max(icon, first_line);
            row = std::max({row, icon, layout->height()});
            marks_.push_back({fact.icon, {whole.x + x, y + (line_height - icon) / 2, icon, icon}});
            const Rect place{whole.x + x + beside, y + (line_height - first_line) / 2, width, layout->height()};
            lines_.push_back({fact.key, Role::paragraph, fact.text, spec, std::move(layout), place});
            x += beside + width + tokens.gap_large;
        }
        ui_.flow().y = y + row;
    }

    Ui& ui_;
    const HeroSpec& spec_;
    std::string points_label_key_;
    std::vector<Line> lines_;
    std::vector<Mark> marks_;
    std::size_t first_point_ = static_cast<std::size_t>(-1);
};

void band(Ui& ui, const HeroSpec& spec, const std::function<void()>& rest) {
    const Tokens& tokens = ui.tokens();
    const auto window = static_cast<float>(ui.frame().width);
    const float top = ui.flow().y - tokens.gap_large;
    HeroDrawing drawing(ui, spec, tokens.heading_px + 10 * tokens.unit);
    const float bottom = ui.flow().y + tokens.gap_large;
    ui.painter().fill({0, top, window, bottom - top}, ui.palette().header);
    ui.painter().fill({0, bottom - tokens.border, window, tokens.border}, ui.palette().line);
    drawing.paint();
    ui.space(2 * tokens.gap_large);
    rest();
    if (!spec.points.empty()) {
        label(ui, spec.points_key + "_label", spec.points_label);
        bullets(ui, spec.points_key, spec.points, Emphasis::soft);
    }
}

void panel(Ui& ui, const HeroSpec& spec, const std::function<void()>& rest) {
    const Tokens& tokens = ui.tokens();
    const Ui::Flow whole = ui.flow();
    const float between = tokens.gap_large * 1.6F;
    const float width = (whole.width - between) * panel_share;
    // Without an end below: the body's clip ends it.
    const float top = whole.y - tokens.gap_large;
    const float below = 4 * static_cast<float>(ui.frame().height);
    const float edge = whole.x + width + between / 2;
    ui.painter().fill({0, top, edge, below}, ui.palette().header);
    ui.painter().fill({edge - tokens.border, top, tokens.border, below}, ui.palette().line);
    ui.flow().width = width;
    HeroDrawing drawing(ui, spec, tokens.heading_px);
    drawing.set_points();
    drawing.paint();
    const float bottom = ui.flow().y;
    ui.flow() = {whole.x + width + between, whole.y, whole.width - width - between};
    rest();
    ui.flow() = {whole.x, std::max(bottom, ui.flow().y), whole.width};
}

}  // namespace

void hero(Ui& ui, const HeroSpec& spec, const std::function<void()>& rest) {
    if (ui.tokens().rail > 0 && ui.frame().text_scale <= panel_text_scale_max) {
        panel(ui, spec, rest);
    } else {
        band(ui, spec, rest);
    }
}

}  // namespace pillarbox::widgets
