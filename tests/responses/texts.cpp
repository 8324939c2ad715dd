// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/responses/texts.hpp"

#include <array>

namespace pillarbox::tests {
namespace {

std::string_view draw(const std::vector<std::string_view>& texts, SeededRandom& random) {
    return texts[static_cast<std::size_t>(random.below(texts.size()))];
}

void add_sentence(std::string& text, std::string_view sentence, SeededRandom& random) {
    if (!text.empty()) {
        text += ' ';
    }
    const std::size_t number = sentence.find("{n}");
    if (number == std::string_view::npos) {
        text += sentence;
        return;
    }
    text += sentence.substr(0, number);
    text += std::to_string(5 + random.below(175));
    text += sentence.substr(number + 3);
}

Voice english(std::string_view language, unsigned weight) {
    return {language,
            "english",
            weight,
            {"I called 999 in November.", "My mother waited for an ambulance.", "I work in a care home.",
             "The crew who came were kind.", "I have used 111 {n} times.", "We run a carers' group."},
            {"The wait was {n} minutes and nobody told us why.", "The call handler asked the same questions twice.",
             "Handover at the hospital took {n} minutes.", "There was no interpreter for a deaf neighbour.",
             "Night shifts are too long and people leave.", "The 111 checklist does not fit autistic people.",
             "My records were not seen by the crew.", "The nearest step-free entrance was closed."},
            {"Please publish the waits for each borough.", "Pay and housing decide who stays.",
             "Send a text message with the expected time.", "Visit schools and colleges in outer London.",
             "Share care plans with the crew before they arrive.", "Train call handlers to talk with deaf callers.",
             "Give staff a quiet room and a proper meal."},
            {"Thank you for asking.", "I hope this is read.", "Nothing else to add.", "The staff do their best."},
            {"Ada Example", "Sam Sample", "Joan Nobody", "Femi Placeholder"}};
}

Voice polish() {
    return {"pl",
            "polish",
            7,
            {"W listopadzie dzwoniłam pod 999.", "Pracuję w domu opieki.", "Moja babcia czekała na karetkę."},
            {"Czekaliśmy {n} minut i nikt nie wyjaśnił dlaczego.", "Nie było tłumacza.",
             "Przekazanie w szpitalu trwało {n} minut.", "Dyspozytor zadawał te same pytania dwa razy."},
            {"Proszę publikować czasy oczekiwania w każdej dzielnicy.", "Więcej szkoleń dla młodych ludzi z Londynu.",
             "Załoga powinna widzieć plan opieki."},
            {"Dziękuję za pytanie.", "Ratownicy bardzo się starali."},
            {"Zofia Przykład", "Jan Wzór"}};
}

Voice romanian() {
    return {"ro",
            "romanian",
            6,
            {"Am sunat la 999 în noiembrie.", "Tatăl meu a așteptat ambulanța."},
            {"Am așteptat {n} minute fără nicio veste.", "Nu a existat interpret.",
             "Predarea la spital a durat {n} minute."},
            {"Publicați timpii de așteptare pe sectoare.", "Trimiteți un mesaj cu ora estimată."},
            {"Vă mulțumesc.", "Echipajul a fost foarte amabil."},
            {"Ioana Exemplu", "Mihai Model"}};
}

Voice bengali() {
    return {"bn",
            "bengali",
            9,
            {"আমি নভেম্বরে ৯৯৯ নম্বরে ফোন করেছিলাম।", "আমার মা অ্যাম্বুলেন্সের জন্য অপেক্ষা করেছিলেন।",
             "আমি একটি পরিচর্যা কেন্দ্রে কাজ করি।"},
            {"আমাদের {n} মিনিট অপেক্ষা করতে হয়েছে।", "কোনো দোভাষী ছিল না।", "হাসপাতালে হস্তান্তরে {n} মিনিট লেগেছে।",
             "একই প্রশ্ন দুবার করা হয়েছে।"},
            {"প্রতিটি বরোর অপেক্ষার সময় প্রকাশ করুন।", "বাংলায় তথ্য দিন।", "কর্মীদের জন্য ভালো বেতন দরকার।"},
            {"জিজ্ঞাসা করার জন্য ধন্যবাদ।", "কর্মীরা খুব ভালো ছিলেন।"},
            {"রহিমা উদাহরণ", "করিম নমুনা"}};
}

Voice arabic() {
    return {"ar",
            "arabic",
            8,
            {"اتصلت بالرقم 999 في نوفمبر.", "انتظرت والدتي سيارة الإسعاف.", "أعمل في دار رعاية."},
            {"انتظرنا {n} دقيقة ولم يخبرنا أحد بالسبب.", "لم يكن هناك مترجم.",
             "استغرق التسليم في المستشفى {n} دقيقة.", "طُرحت الأسئلة نفسها مرتين."},
            {"انشروا أوقات الانتظار في كل حي.", "وفّروا المعلومات بالعربية.", "ادعموا صحة العاملين."},
            {"شكرًا على السؤال.", "كان الطاقم لطيفًا."},
            {"ليلى مثال", "سامي نموذج"}};
}

Voice chinese() {
    return {"zh",
            "chinese",
            8,
            {"我在十一月拨打了999。", "我母亲等过救护车。", "我在养老院工作。"},
            {"我们等了{n}分钟，没有人解释原因。", "没有翻译人员。", "医院交接花了{n}分钟。",
             "接线员把同样的问题问了两遍。"},
            {"请公布每个区的等候时间。", "请提供中文信息。", "请改善员工的工作环境。"},
            {"谢谢你们的询问。", "救护人员非常友善。"},
            {"李示例", "王样本"}};
}

Voice spanish() {
    return {"es",
            "spanish",
            5,
            {"Llamé al 999 en noviembre.", "Mi padre esperó una ambulancia."},
            {"Esperamos {n} minutos sin noticias.", "No había intérprete.",
             "La entrega en el hospital tardó {n} minutos."},
            {"Publiquen las esperas por municipio.", "Formen a jóvenes de Londres."},
            {"Gracias por preguntar.", "El equipo fue muy amable."},
            {"Carmen Ejemplo", "Luis Muestra"}};
}

Voice turkish() {
    return {"tr",
            "turkish",
            4,
            {"Kasım ayında 999'u aradım.", "Annem ambulans bekledi."},
            {"{n} dakika bekledik ve kimse nedenini söylemedi.", "Tercüman yoktu."},
            {"Her ilçenin bekleme süresini yayımlayın.", "Çalışanlara iyi bir ücret verin."},
            {"Sorduğunuz için teşekkürler."},
            {"Ayşe Örnek"}};
}

}  // namespace

const std::vector<Voice>& voices() {
    static const std::vector<Voice> all{
        english("en", 47), english("en-simple", 6), polish(), romanian(), bengali(), arabic(), chinese(), spanish(),
        turkish()};
    return all;
}

const Voice& draw_voice(SeededRandom& random) {
    std::uint64_t ticket = random.below(100);  // what the weights sum up to
    for (const Voice& voice : voices()) {
        if (ticket < voice.weight) {
            return voice;
        }
        ticket -= voice.weight;
    }
    return voices().front();
}

std::string write_answer(const Voice& voice, SeededRandom& random) {
    std::string text;
    if (random.in_percent(60)) {
        add_sentence(text, draw(voice.openings, random), random);
    }
    const std::uint64_t sentences = 1 + random.below(random.in_percent(20) ? 6 : 3);
    for (std::uint64_t count = 0; count < sentences; ++count) {
        add_sentence(text, draw(random.in_percent(60) ? voice.issues : voice.wishes, random), random);
    }
    if (random.in_percent(20)) {
        add_sentence(text, draw(voice.closings, random), random);
    }
    return text;
}

std::string_view draw_rare_word(SeededRandom& random) {
    static const std::vector<std::string_view> words{
        "kingfisher", "trolleybus", "marmalade", "accordion", "semaphore", "bilberry", "quicksilver", "harpsichord",
        "żółw",       "ciuchcia",   "ঘুড়ি",       "জোনাকি",    "خُزامى",     "قنديل",    "蜻蜓",        "风筝"};
    return draw(words, random);
}

std::string_view draw_noticeable(SeededRandom& random) {
    static const std::vector<std::string_view> sentences{
        "Call me back on 020 7946 0123 after six.",
        "My number is 07700 900456.",
        "Write to joan.nobody@example.org about it.",
        "Paramedic Robert Madeup stole my purse.",
        "Dr Alice Invented was drunk on duty.",
        "There is a court case about this at the moment, the hearing is next month.",
        "The trial of the driver has not ended yet.",
        "I am afraid a child in our street is being hurt.",
        "I do not want to live any more since this happened.",
        "My neighbour at 12 Nowhere Street, NW1 0AA, saw it all.",
        "My NHS number is 999 000 0018."};
    return draw(sentences, random);
}

std::string_view draw_hostile_text(SeededRandom& random) {
    static const std::vector<std::string_view> texts{
        "=HYPERLINK(\"http://example.org/?x=\"&A1,\"see\")",
        "+44 20 7946 0000 is what I called",
        "-2+3 crews a night",
        "@SUM(1+1) is what it costs",
        "<script>alert('committee')</script> is not a script",
        "<b>bold</b> & \"quoted\" 'twice'",
        "One line\nand another\n\nand a third",
        "A semicolon; a comma, and a \"quotation\"",
        "\xE2\x80\xAE reversed \xE2\x80\xAC and back",
        "Zero\xE2\x80\x8Bwidth and emoji \xF0\x9F\x9A\x91\xF0\x9F\x91\xA9\xE2\x80\x8D\xE2\x9A\x95\xEF\xB8\x8F",
        "%s %n %x ${jndi:nothing} {{7*7}}"};
    return draw(texts, random);
}

std::string_view draw_campaign_letter(SeededRandom& random) {
    static const std::vector<std::string_view> letters{
        "As a supporter of the Example Patients' Alliance I ask the committee to recommend that no ambulance waits "
        "longer than thirty minutes at any hospital in London.",
        "I join my union in asking for safe staffing on every shift, paid breaks, and an end to overruns.",
        "Please keep our local ambulance station open. It is the only one for thousands of families."};
    return draw(letters, random);
}

}  // namespace pillarbox::tests
