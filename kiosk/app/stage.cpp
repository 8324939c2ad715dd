// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/stage.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>

#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/messages/languages.hpp"
#include "accessibility/speech/phrases.hpp"
#include "accessibility/text/font_library.hpp"
#include "accessibility/text/glyph_atlas.hpp"
#include "accessibility/text/text_layouter.hpp"
#include "kiosk/app/key_commands.hpp"
#include "kiosk/platform/display_size.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/screens/staff_screens.hpp"
#include "kiosk/widgets/icons.hpp"
#include "kiosk/widgets/scan_light.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::app {
namespace {

using base::Result;

// Room for the glyphs of most pages.
constexpr int atlas_height_px = 512;

// A frame that overflows the atlas is drawn again, and again with twice the room: up to four times as much. A page
// that overflows that too is larger than the atlas, and is shown as far as it got.
constexpr int redraws_max = 4;

// A few milliseconds each, in a row.
constexpr int unsettled_max = 5;

platform::Background background_of(const semantics::Colour& colour) {
    constexpr float full = 255.0F;
    return {static_cast<float>(colour.red) / full, static_cast<float>(colour.green) / full,
            static_cast<float>(colour.blue) / full};
}

// A touch on a picture that is not drawn presses nothing of it.
enum class Touched { no, yes };
Touched take_touches(std::vector<platform::Event>& input) {
    using platform::EventKind;
    const auto is_of_finger = [](const platform::Event& event) {
        return event.kind == EventKind::pointer_down || event.kind == EventKind::pointer_move ||
               event.kind == EventKind::pointer_up || event.kind == EventKind::scroll;
    };
    const bool down = std::ranges::find(input, EventKind::pointer_down, &platform::Event::kind) != input.end();
    std::erase_if(input, is_of_finger);
    return down ? Touched::yes : Touched::no;
}

}  // namespace

struct Stage::Parts {
    messages::Messages messages;
    std::shared_ptr<text::GlyphAtlas> atlas;
    std::unique_ptr<text::TextLayouter> layouter;
    widgets::IconSet icons;
    widgets::Style style;
    std::optional<KeyReader> keys;
    std::unique_ptr<platform::Window> window;
    std::optional<double> px_per_mm;  // where the display fills the window, and tells
    std::filesystem::path clips;      // recordings of languages without a voice

    // Of one respondent.
    std::unique_ptr<widgets::Ui> ui;
    std::unique_ptr<screens::Screens> screens;
    std::string language;
    widgets::Words words;
    std::vector<input::KeyboardLayout> keyboards;
    speech::Phrases phrases;

    void new_person() {
        ui = std::make_unique<widgets::Ui>(
            widgets::Resources{.layouter = layouter.get(), .icons = &icons, .style = &style});
        screens = std::make_unique<screens::Screens>();
    }

    void follow_language(const std::string& wanted) {
        if (wanted == language) {
            return;
        }
        language = wanted;
        static_cast<void>(messages.need(wanted));  // a catalogue that can't be read leaves the screen in English
        words = screens::words_of(messages, wanted);
        phrases = speech::Phrases::in(
            wanted, [&](std::string_view english) { return messages.text(wanted, english); },
            [wanted](std::uint64_t number) { return messages::format_number(wanted, number); });
        keyboards.clear();
        for (const auto& name : input::layouts_of_language(wanted)) {
            auto layout = input::KeyboardLayout::load(name);
            if (layout.has_value()) {
                keyboards.push_back(*std::move(layout));
            }
        }
    }
};

Stage::Stage(std::unique_ptr<Parts> parts, platform::EventQueue& events)
    : parts_(std::move(parts)),
      events_(events),
      requests_([this] { parts_->window->wake(); }),
      voice_(voice_settings()) {}

Stage::~Stage() = default;

VoiceSettings Stage::voice_settings() {
    return {.clips = parts_->clips, .wake = [this] { parts_->window->wake(); }};
}

Result<std::unique_ptr<Stage::Parts>> Stage::load_parts(const StageSettings& settings) {
    const auto& assets = settings.assets;
    auto parts = std::make_unique<Parts>();
    parts->messages = TRY(messages::Messages::open(assets / "locales"));
    parts->icons = TRY(widgets::IconSet::load(assets / "icons"));
    parts->style = TRY(widgets::Style::load(assets / "styles" / "kiosk.json"));
    parts->clips = assets / "speech";
    auto fonts = TRY(text::FontLibrary::create(text::FontLibrary::debian_folders()));
    parts->atlas = std::make_shared<text::GlyphAtlas>(text::GlyphAtlas::default_side_px, atlas_height_px);
    parts->layouter = std::make_unique<text::TextLayouter>(std::move(fonts), parts->atlas);
    const auto keypad = settings.keypad.empty() ? assets / "keys" / "keyboard.json" : settings.keypad;
    parts->keys.emplace(TRY(input::KeyBindings::load(keypad)));
    return parts;
}

Result<void> Stage::check_keyboard(std::string_view language) {
    static_cast<void>(TRY(input::KeyboardLayout::load(input::layouts_of_language(language).front())));
    return {};
}

Result<std::unique_ptr<Stage>> Stage::open(const StageSettings& settings, platform::EventQueue& events) {
    auto loading = std::async(std::launch::async, [&settings] { return load_parts(settings); });
    auto window = platform::Window::open(settings.window, events);  // takes about as long as all the rest
    auto parts = TRY(loading.get());
    parts->window = TRY(std::move(window));
    if (settings.window.placement == platform::Placement::full_screen) {
        parts->px_per_mm = platform::px_per_mm_of_display();
    }
    parts->new_person();
    std::unique_ptr<Stage> stage(new Stage(std::move(parts), events));
    stage->upload_atlas();
    return stage;
}

void Stage::wait(std::chrono::milliseconds longest) {
    parts_->window->wait(std::min(longest, parts_->ui->wait_max()));
}

std::vector<flow::Event> Stage::show(const flow::ViewModel& view, std::chrono::milliseconds now) {
    auto& parts = *parts_;
    std::vector<flow::Event> done;
    voice_.choose(view.preferences);
    const Hands hands{view.preferences};
    const auto person = draw_frame(screens::look_of(view, parts.messages), hands, now, [&](widgets::Ui& ui) {
        std::ranges::move(parts.screens->draw(ui, view, parts.messages), std::back_inserter(done));
    });
    if (const auto wish = voice_.follow_headphones(); wish.has_value()) {
        wished_.emplace_back(*wish);
        parts.window->wake();  // nobody touched anything: another frame is to show and say it
    }
    for (const auto& wish : wished_) {
        done.emplace_back(flow::Prefer{wish});
    }
    if (done.empty() && person == Person::acted) {
        done.emplace_back(flow::Activity{});
    }
    return done;
}

std::vector<staff::Event> Stage::show(const staff::StaffView& view, std::chrono::milliseconds now) {
    auto& parts = *parts_;
    std::vector<staff::Event> done;
    // Staff touch, or use the keys; their PIN's digits are no switches, and nothing of theirs is read out.
    const flow::Preferences plain;
    voice_.choose(plain);
    const Hands hands{plain, KeySurroundings::Writing::anywhere};
    const auto person = draw_frame(screens::look_of(view, parts.messages), hands, now, [&](widgets::Ui& ui) {
        std::ranges::move(screens::draw_staff(ui, view, parts.messages), std::back_inserter(done));
    });
    if (done.empty() && person == Person::acted) {
        done.emplace_back(staff::Activity{});
    }
    return done;
}

void Stage::read_keys(std::vector<platform::Event>& input, const Hands& hands, std::chrono::milliseconds now) {
    const flow::Preferences& wanted = hands.preferences;
    const bool scans = wanted.scanning != flow::Scanning::off;
    const auto shown = tree();
    wished_.clear();
    commands_ = parts_->keys->read(
        input, {.tree = *shown,
                .strike_span = flow::span_of(wanted.strike_filter),
                .switches = scans ? KeySurroundings::Switches::in_use : KeySurroundings::Switches::waiting,
                .writing = hands.writing});
    for (const auto command : commands_) {
        if (const auto wish = preference_of(command, wanted)) {
            wished_.push_back(*wish);
        }
    }
    switched_ = switches_.read(commands_, wanted, *shown, now);
    if (switched_.turned) {
        wished_.emplace_back(*switched_.turned);
    }
    if (wanted.picture == flow::Picture::blank && take_touches(input) == Touched::yes) {
        wished_.emplace_back(flow::Picture::shown);
    }
}

Stage::Person Stage::draw_frame(const screens::FrameLook& look, const Hands& hands, std::chrono::milliseconds now,
                                const std::function<void(widgets::Ui&)>& draw) {
    auto& parts = *parts_;
    parts.follow_language(look.language);
    auto input = events_.take_frame();
    closed_ = closed_ ||
              std::ranges::any_of(input, [](const auto& event) { return event.kind == platform::EventKind::close; });
    follow_gesture(input, now);
    read_keys(input, hands, now);
    voice_.read_input(input, commands_, *tree());
    auto asked = requests_.take();
    if (switched_.request) {
        asked.push_back(*switched_.request);
    }

    widgets::UiFrame frame;
    frame.width = parts.window->width();
    frame.height = parts.window->height();
    frame.now = now;
    frame.page_key = look.page_key;
    frame.title = look.title;
    frame.lang = look.language;
    frame.direction = look.direction;
    frame.text_scale = look.text_scale;
    frame.theme = look.theme;
    frame.motion = look.motion;
    frame.face = look.face;
    frame.reach = look.reach;
    frame.px_per_mm = parts.px_per_mm.value_or(frame.px_per_mm);
    frame.words = &parts.words;
    frame.keyboards = parts.keyboards;
    frame.events = input;
    frame.requests = asked;

    Person person = commands_.empty() && wished_.empty() ? Person::idle : Person::acted;
    for (int redraw = 0; redraw <= redraws_max; ++redraw) {
        const auto white = parts.atlas->white_pixel();
        auto& list = parts.window->begin_frame(parts.window->texture(), ImVec2(white.x, white.y));
        parts.ui->begin(list, frame);
        draw(*parts.ui);
        light(*parts.ui);
        parts.ui->end();
        person = parts.ui->saw_input() ? Person::acted : person;
        if (!parts.ui->atlas_changed()) {
            break;
        }
        if (redraw > 0) {
            parts.atlas->grow();  // emptied for this frame alone, it overflowed again
        }
        // Input belongs to the first drawing alone.
        frame.events = {};
        frame.requests = {};
    }
    published_.publish(parts.ui->tree());
    // Before the picture, which takes the longest.
    voice_.follow(tree(), parts.phrases, now);
    if (switched_.moved) {
        voice_.follow_light(*tree(), switched_.lit);
    }
    upload_atlas();
    // Nobody is shown a page that still settles; one that never would is shown all the same.
    unsettled_ = parts.ui->is_settling() ? unsettled_ + 1 : 0;
    const bool waits = unsettled_ > 0 && unsettled_ <= unsettled_max && parts.window->frames_drawn() > 0;
    if (hands.preferences.picture == flow::Picture::blank) {
        parts.window->present_nothing();
    } else {
        parts.window->present(background_of(parts.ui->palette().page),
                              waits ? platform::Layout::settling : platform::Layout::at_rest);
    }
    return person;
}

void Stage::light(widgets::Ui& ui) {
    if (switched_.lit.empty()) {
        return;
    }
    widgets::scan_light(ui, switched_.lit);
    if (switched_.moved) {
        ui.bring_into_view(switched_.lit.front());
        ui.settle();
    }
}

// The brand as the person saw it: of the tree that was on the screen.
void Stage::follow_gesture(std::span<const platform::Event> input, std::chrono::milliseconds now) {
    const auto shown = tree();
    const auto* brand = shown == nullptr ? nullptr : semantics::find_key(*shown, "brand");
    const auto* header = shown == nullptr ? nullptr : semantics::find_key(*shown, "header");
    // The whole height of the header: the words alone are a narrow place for a finger.
    const auto wide = brand == nullptr || header == nullptr
                          ? semantics::Rect{}
                          : semantics::Rect{brand->rect.x, header->rect.y, brand->rect.width, header->rect.height};
    staff_asked_ = gesture_.read(input, wide, now) == StaffGesture::Made::yes || staff_asked_;
}

void Stage::upload_atlas() {
    const auto changed = parts_->atlas->take_changed();
    if (changed.has_value()) {
        const int side = parts_->atlas->side_px();
        const int height = parts_->atlas->height_px();
        static_cast<void>(parts_->window->upload(
            {side, height, parts_->atlas->pixels()},
            platform::PictureArea{
                .x = changed->x, .y = changed->y, .width = changed->width, .height = changed->height}));
    }
}

void Stage::renew() {
    events_.forget();
    static_cast<void>(requests_.take());
    parts_->keys->forget();
    switches_.forget();
    switched_ = {};
    parts_->new_person();
    parts_->layouter->forget();
    parts_->atlas->start_over();
    parts_->window->renew_context();
    published_.publish({});
    voice_.renew();
}

const std::optional<base::Error>& Stage::without_touch() const {
    return parts_->window->without_touch();
}

const input::KeyBindings& Stage::key_bindings() const {
    return parts_->keys->bindings();
}

bool Stage::is_settled() const {
    return events_.empty() && !parts_->ui->wants_frame();
}

platform::Picture Stage::capture() {
    return parts_->window->capture();
}

}  // namespace pillarbox::app
