// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/widgets/gallery.hpp"

#include <array>
#include <map>
#include <memory>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/choices.hpp"
#include "kiosk/widgets/dialog.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/hero.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/select.hpp"
#include "kiosk/widgets/summary.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::tests {

using namespace widgets;

namespace {

using Row = std::array<std::string_view, 3>;  // English, Arabic, Bengali

const std::map<std::string_view, Row>& texts() {
    static const std::map<std::string_view, Row> table{
        {"language", {"English", "العربية", "বাংলা"}},
        {"help", {"Help", "مساعدة", "সাহায্য"}},
        {"progress", {"Question 2 of 9", "السؤال 2 من 9", "প্রশ্ন ৯টির মধ্যে ২"}},
        {"back", {"Back", "رجوع", "পিছনে"}},
        {"next", {"Next", "التالي", "পরবর্তী"}},
        {"stop", {"Stop and erase", "إيقاف ومحو", "থামুন ও মুছুন"}},
        {"question",
         {"How is LAS performing in delivering emergency care?", "كيف هو أداء خدمة الإسعاف في تقديم الرعاية الطارئة؟",
          "জরুরি সেবা দিতে লন্ডন অ্যাম্বুলেন্স সার্ভিস কেমন করছে?"}},
        {"link",
         {"What is your link with the London Ambulance Service?", "ما علاقتك بخدمة إسعاف لندن؟",
          "লন্ডন অ্যাম্বুলেন্স সার্ভিসের সঙ্গে আপনার সম্পর্ক কী?"}},
        {"choose two", {"Choose up to two.", "اختر اثنين على الأكثر.", "সর্বোচ্চ দুটি বেছে নিন।"}},
        {"very well", {"Very well", "جيد جدًا", "খুব ভালো"}},
        {"well", {"Well", "جيد", "ভালো"}},
        {"neither", {"Neither well nor badly", "لا جيد ولا سيئ", "ভালোও নয় মন্দও নয়"}},
        {"badly", {"Badly", "سيئ", "খারাপ"}},
        {"very badly", {"Very badly", "سيئ جدًا", "খুব খারাপ"}},
        {"dont know", {"Don't know", "لا أعرف", "জানি না"}},
        {"used 999", {"I have used 999", "استخدمت الرقم 999", "আমি ৯৯৯ ব্যবহার করেছি"}},
        {"carer", {"Carer or family member", "مقدم رعاية أو من العائلة", "পরিচর্যাকারী বা পরিবারের সদস্য"}},
        {"staff", {"LAS staff or volunteer", "موظف أو متطوع في خدمة الإسعاف", "কর্মী বা স্বেচ্ছাসেবক"}},
        {"staff hint",
         {"Small stations can make people recognisable.", "قد يسهل التعرف على الأشخاص في المحطات الصغيرة.",
          "ছোট স্টেশনে মানুষকে চেনা সহজ হতে পারে।"}},
        {"none", {"None of these", "لا شيء مما سبق", "এগুলোর কোনোটিই নয়"}},
        {"improve", {"How can this be improved?", "كيف يمكن تحسين ذلك؟", "এটি কীভাবে উন্নত করা যায়?"}},
        {"improve hint",
         {"Please don't name other people.", "يرجى عدم ذكر أسماء أشخاص آخرين.", "অনুগ্রহ করে অন্যদের নাম লিখবেন না।"}},
        {"answer",
         {"Waits at night were too long, and nobody told us when help would come.",
          "كان الانتظار ليلاً طويلاً جداً، ولم يخبرنا أحد متى تصل المساعدة 999.",
          "রাতে অপেক্ষা অনেক দীর্ঘ ছিল, আর কখন সাহায্য আসবে কেউ আমাদের জানায়নি।"}},
        {"counter", {"You have 1,930 characters left", "بقي لديك 1930 حرفًا", "আপনার ১,৯৩০টি অক্ষর বাকি আছে"}},
        {"borough", {"Which borough do you live in?", "في أي حي تسكن؟", "আপনি কোন বরোতে থাকেন?"}},
        {"choose borough", {"Choose a borough", "اختر حيًا", "একটি বরো বেছে নিন"}},
        {"safety title",
         {"This is not a way to get help", "هذه ليست وسيلة لطلب المساعدة", "এটি সাহায্য পাওয়ার উপায় নয়"}},
        {"safety",
         {"If someone is ill now, call 999. For urgent advice, call NHS 111.",
          "إذا كان أحد مريضًا الآن فاتصل بالرقم 999. للمشورة العاجلة اتصل بالرقم 111.",
          "কেউ এখন অসুস্থ হলে ৯৯৯ নম্বরে ফোন করুন। জরুরি পরামর্শের জন্য ১১১।"}},
        {"why",
         {"The London Assembly Health Committee wants to hear what people think of the ambulance service's plans.",
          "تريد لجنة الصحة في جمعية لندن معرفة رأي الناس في خطط خدمة الإسعاف.",
          "অ্যাম্বুলেন্স সার্ভিসের পরিকল্পনা সম্পর্কে মানুষ কী ভাবে তা লন্ডন অ্যাসেম্বলির স্বাস্থ্য কমিটি জানতে চায়।"}},
        {"before", {"Before you start", "قبل أن تبدأ", "শুরু করার আগে"}},
        {"info", {"You can skip any question.", "يمكنك تخطي أي سؤال.", "আপনি যেকোনো প্রশ্ন এড়িয়ে যেতে পারেন।"}},
        {"understand", {"I understand, continue", "فهمت، متابعة", "আমি বুঝেছি, এগিয়ে যান"}},
        {"no thanks", {"No thanks", "لا، شكرًا", "না, ধন্যবাদ"}},
        {"under 18", {"I am under 18", "عمري أقل من 18", "আমার বয়স ১৮-এর কম"}},
        {"check", {"Check your answers", "راجع إجاباتك", "আপনার উত্তরগুলি দেখে নিন"}},
        {"change", {"Change", "تغيير", "বদলান"}},
        {"error",
         {"Choose whether we may quote you", "اختر ما إذا كان بإمكاننا الاقتباس منك",
          "আমরা আপনার কথা উদ্ধৃত করতে পারি কি না বেছে নিন"}},
        {"problem", {"There is a problem", "هناك مشكلة", "একটি সমস্যা আছে"}},
        {"quote", {"May we quote you?", "هل يمكننا الاقتباس منك؟", "আমরা কি আপনার কথা উদ্ধৃত করতে পারি?"}},
        {"with name", {"Quote me by name", "اقتبسوا مني بالاسم", "আমার নামসহ উদ্ধৃত করুন"}},
        {"no name", {"Quote me without my name", "اقتبسوا مني دون اسمي", "আমার নাম ছাড়া উদ্ধৃত করুন"}},
        {"saved",
         {"Thank you. Saved on this device", "شكرًا لك. حُفظت على هذا الجهاز", "ধন্যবাদ। এই যন্ত্রে সংরক্ষিত হয়েছে"}},
        {"later",
         {"Your answers are sealed. We will send them to the committee.", "إجاباتك مختومة. سنرسلها إلى اللجنة.",
          "আপনার উত্তর সিল করা হয়েছে। আমরা তা কমিটির কাছে পাঠাব।"}},
        {"code", {"Your withdrawal code", "رمز السحب الخاص بك", "আপনার প্রত্যাহার কোড"}},
        {"sealing", {"Sealing your answers", "جارٍ ختم إجاباتك", "আপনার উত্তর সিল করা হচ্ছে"}},
        {"still there", {"Are you still there?", "هل ما زلت هنا؟", "আপনি কি এখনও আছেন?"}},
        {"will erase",
         {"Your answers will be erased to keep them private.", "ستُمحى إجاباتك حفاظًا على خصوصيتك.",
          "গোপনীয়তার জন্য আপনার উত্তর মুছে ফেলা হবে।"}},
        {"seconds", {"45 seconds left", "بقيت 45 ثانية", "৪৫ সেকেন্ড বাকি"}},
        {"more time", {"I need more time", "أحتاج إلى مزيد من الوقت", "আমার আরও সময় দরকার"}},
        {"erase now", {"Erase now", "امسح الآن", "এখনই মুছুন"}},
        {"show more", {"Show more", "عرض المزيد", "আরও দেখুন"}},
        {"show back", {"Back up", "إلى الأعلى", "উপরে ফিরুন"}},
        {"space", {"Space", "مسافة", "স্পেস"}},
        {"close", {"Close", "إغلاق", "বন্ধ করুন"}},
        {"answered", {"Not answered", "لم تتم الإجابة", "উত্তর দেওয়া হয়নি"}},
        {"error prefix", {"Error:", "خطأ:", "ত্রুটি:"}},
    };
    return table;
}

class Speaker {
  public:
    explicit Speaker(const std::string& language) : column_(language == "ar" ? 1 : (language == "bn" ? 2 : 0)) {}
    std::string operator()(std::string_view key) const { return std::string(texts().at(key)[column_]); }

  private:
    std::size_t column_;
};

PageSpec page_of(const Speaker& say) {
    return {.brand = "Pillarbox",
            .language_label = say("language"),
            .help_label = say("help"),
            .progress = {.label = say("progress"), .step = 2, .steps = 9},
            .back_label = say("back"),
            .next_label = say("next"),
            .stop_label = say("stop")};
}

void draw_rating(Ui& ui, const Speaker& say, const std::shared_ptr<text::TextEditor>& editor) {
    begin_page(ui, page_of(say));
    heading(ui, "heading", say("question"));
    ChoicesSpec rating{.key = "rating", .kind = ChoiceKind::rating, .name = say("question"), .unscaled = 1};
    for (const char* key : {"very well", "well", "neither", "badly", "very badly", "dont know"}) {
        rating.options.push_back({.key = key, .label = say(key)});
    }
    rating.options[1].choice = Choice::chosen;
    static_cast<void>(choices(ui, rating));
    static_cast<void>(text_field(
        ui, {.key = "improve", .label = say("improve"), .hint = say("improve hint"), .counter = say("counter")},
        *editor));
    static_cast<void>(end_page(ui));
}

void draw_links(Ui& ui, const Speaker& say) {
    begin_page(ui, page_of(say));
    heading(ui, "heading", say("link"));
    ChoicesSpec link{.key = "link", .kind = ChoiceKind::several, .name = say("link"), .hint = say("choose two")};
    for (const char* key : {"used 999", "carer", "staff", "none"}) {
        link.options.push_back({.key = key, .label = say(key)});
    }
    link.options[0].choice = Choice::chosen;
    link.options[2].choice = Choice::chosen;
    link.options[2].hint = say("staff hint");
    link.options[3].availability = Availability::disabled;
    static_cast<void>(choices(ui, link));
    SelectSpec borough{.key = "borough", .label = say("borough"), .placeholder = say("choose borough")};
    for (int number = 1; number <= 34; ++number) {
        borough.options.push_back({.key = std::to_string(number), .label = "Borough " + std::to_string(number)});
    }
    static_cast<void>(select(ui, borough));
    static_cast<void>(end_page(ui));
}

void draw_notices(Ui& ui, const Speaker& say) {
    PageSpec page = page_of(say);
    page.progress = {};
    page.next_label.clear();
    begin_page(ui, page);
    heading(ui, "heading", say("before"));
    notice(ui, {.key = "safety", .kind = NoticeKind::safety, .title = say("safety title"), .text = say("safety")});
    paragraph(ui, "why", say("why"));
    const std::vector<std::string> points{say("info"), say("improve hint")};
    bullets(ui, "points", points);
    notice(ui, {.key = "info", .kind = NoticeKind::info, .text = say("info")});
    notice(ui, {.key = "warning", .kind = NoticeKind::warning, .text = say("improve hint")});
    static_cast<void>(button(ui, {.key = "continue", .label = say("understand")}));
    static_cast<void>(button(ui, {.key = "leave", .label = say("no thanks"), .kind = ButtonKind::secondary}));
    static_cast<void>(
        button(ui, {.key = "young", .label = say("under 18"), .kind = ButtonKind::link, .icon = Icon::chevron}));
    static_cast<void>(end_page(ui));
}

void draw_check(Ui& ui, const Speaker& say) {
    begin_page(ui, page_of(say));
    error_summary(ui, "errors", {{.target = "quote", .text = say("error")}});
    heading(ui, "heading", say("check"));
    ChoicesSpec quote{.key = "quote", .label = say("quote"), .error = say("error")};
    quote.options = {{.key = "name", .label = say("with name")}, {.key = "anonymous", .label = say("no name")}};
    static_cast<void>(choices(ui, quote));
    for (const auto& [key, question, answer] :
         {std::tuple("row1", "link", "used 999"), std::tuple("row2", "improve", "answer"),
          std::tuple("row3", "borough", "")}) {
        const std::string_view answer_key = answer;
        static_cast<void>(summary_row(ui, {.key = key,
                                           .question = say(question),
                                           .answer = answer_key.empty() ? std::string() : say(answer_key),
                                           .change_label = say("change"),
                                           .change_name = say("change") + ": " + say(question)}));
    }
    static_cast<void>(end_page(ui));
}

void draw_receipt(Ui& ui, const Speaker& say) {
    PageSpec page = page_of(say);
    page.progress = {};
    page.back_label.clear();
    page.stop_label.clear();
    begin_page(ui, page);
    hero_icon(ui, "tick", Icon::check);
    heading(ui, "heading", say("saved"));
    paragraph(ui, "later", say("later"));
    code_display(ui, {.key = "code", .label = say("code"), .code = "K7QM-2F9D-XW3T"});
    progress_bar(ui, {.key = "sealing", .label = say("sealing"), .value = 0.6});
    static_cast<void>(end_page(ui));
}

void draw_start(Ui& ui, const Speaker& say) {
    begin_page(
        ui, {.column = PageColumn::wide, .brand = "Pillarbox", .help_label = say("help"), .next_label = say("next")});
    HeroSpec spec{.caption_key = "who",
                  .caption = say("check"),
                  .heading = say("question"),
                  .title_key = "title",
                  .title = say("link"),
                  .facts = {{"minutes", Icon::clock, say("seconds")}, {"closes", Icon::calendar, say("later")}},
                  .points_key = "points",
                  .points_label = say("improve"),
                  .points = {say("used 999"), say("carer"), say("staff")}};
    hero(ui, spec, [&] {
        ChoicesSpec languages{.key = "languages",
                              .kind = ChoiceKind::actions,
                              .label = say("language"),
                              .arrangement = Arrangement::grid};
        for (const auto& language : gallery_languages()) {
            languages.options.push_back(
                {.key = language.code, .label = Speaker(language.code)("language"), .lang = language.code});
        }
        static_cast<void>(choices(ui, languages));
        notice(ui, {.key = "saved", .kind = NoticeKind::success, .title = say("saved"), .text = say("later")});
    });
    static_cast<void>(end_page(ui));
}

void draw_samples(Ui& ui, const Speaker& say) {
    begin_page(ui, page_of(say));
    heading(ui, "heading", say("before"));
    ChoicesSpec samples{.key = "samples", .label = say("info"), .arrangement = Arrangement::grid};
    samples.options = {
        {.key = "light", .label = say("well"), .choice = Choice::chosen, .sample = Sample{semantics::Theme::light}},
        {.key = "dark", .label = say("badly"), .sample = Sample{semantics::Theme::dark}},
        {.key = "high", .label = say("very well"), .sample = Sample{semantics::Theme::high_contrast}},
        {.key = "low", .label = say("dont know"), .sample = Sample{semantics::Theme::low_contrast, 2}}};
    static_cast<void>(choices(ui, samples));
    static_cast<void>(end_page(ui));
}

void draw_dialog_page(Ui& ui, const Speaker& say) {
    begin_page(ui, page_of(say));
    heading(ui, "heading", say("question"));
    paragraph(ui, "why", say("why"));
    static_cast<void>(
        dialog(ui, {.key = "idle",
                    .title = say("still there"),
                    .text = say("will erase"),
                    .countdown = say("seconds"),
                    .buttons = {{.key = "stay", .label = say("more time")},
                                {.key = "erase", .label = say("erase now"), .kind = ButtonKind::danger}}}));
    static_cast<void>(end_page(ui));
}

}  // namespace

std::vector<GalleryLanguage> gallery_languages() {
    return {{"en", text::Direction::left_to_right, "gb"},
            {"ar", text::Direction::right_to_left, "ara"},
            {"bn", text::Direction::left_to_right, "bd"}};
}

Words gallery_words(const std::string& language) {
    const Speaker say(language);
    Words words;
    words.show_more = say("show more");
    words.show_back = say("show back");
    words.key_space = say("space");
    words.close = say("close");
    words.not_answered = say("answered");
    words.error_heading = say("problem");
    words.error_prefix = say("error prefix");
    return words;
}

std::vector<GalleryPage> gallery_pages(const std::string& language) {
    const Speaker say(language);
    const auto direction = language == "ar" ? text::Direction::right_to_left : text::Direction::left_to_right;
    const auto editor = std::make_shared<text::TextEditor>(
        text::EditorLimits{.lines = text::Lines::multiple, .characters_max = 2000}, language, direction);
    editor->set_text(say("answer"));
    return {
        {"start", [=](Ui& ui) { draw_start(ui, say); }},
        {"samples", [=](Ui& ui) { draw_samples(ui, say); }},
        {"rating", [=](Ui& ui) { draw_rating(ui, say, editor); }},
        {"typing", [=](Ui& ui) { draw_rating(ui, say, editor); }, "improve"},
        {"links", [=](Ui& ui) { draw_links(ui, say); }},
        {"notices", [=](Ui& ui) { draw_notices(ui, say); }},
        {"check", [=](Ui& ui) { draw_check(ui, say); }},
        {"receipt", [=](Ui& ui) { draw_receipt(ui, say); }},
        {"dialog", [=](Ui& ui) { draw_dialog_page(ui, say); }},
    };
}

std::vector<WrittenScript> written_scripts() {
    using enum text::Direction;
    return {{{"en", left_to_right, "gb"}, "We waited two hours. Nobody rang 🚑 back"},
            {{"ar", right_to_left, "ara"}, "انتظرت أمي NHS 111 سيارة الإسعاف 🚑 ساعتين"},
            {{"bn", left_to_right, "bd"}, "আমার মা দুই ঘণ্টা অ্যাম্বুলেন্সের জন্য অপেক্ষা করেছেন"},
            {{"ur", right_to_left, "pk"}, "میری والدہ نے دو گھنٹے ایمبولینس کا انتظار کیا"},
            {{"ta", left_to_right, "in(tam)"}, "நாங்கள் இரண்டு மணி நேரம் காத்திருந்தோம்", 2},
            {{"fa", right_to_left, "ir"}, "آمبولانس دو ساعت دیر آمد"},
            {{"hi", left_to_right, "in(deva)"}, "हमने दो घंटे प्रतीक्षा की"},
            {{"gu", left_to_right, "in(guj)"}, "અમે બે કલાક રાહ જોઈ"},
            {{"pa", left_to_right, "in(guru)"}, "ਅਸੀਂ ਦੋ ਘੰਟੇ ਉਡੀਕ ਕੀਤੀ"},
            {{"tr", left_to_right, "tr"}, "Ambulansı iki saat bekledik"}};
}

GalleryPage writing_page(const WrittenScript& script) {
    const auto editor =
        std::make_shared<text::TextEditor>(text::EditorLimits{.lines = text::Lines::multiple, .characters_max = 500},
                                           script.language.code, script.language.direction);
    editor->set_text(script.text);
    editor->select_word(editor->text().size());
    const auto draw = [editor](Ui& ui) {
        ui.keyboard().variants_of = "AB03";
        begin_page(ui, {.brand = "Pillarbox", .help_label = "Help", .back_label = "Back", .next_label = "Next"});
        static_cast<void>(text_field(ui, {.key = "field", .label = "Your answer"}, *editor));
        static_cast<void>(end_page(ui));
    };
    return {"writing", draw, "field"};
}

}  // namespace pillarbox::tests
