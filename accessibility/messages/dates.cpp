// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <chrono>

#include "accessibility/messages/languages.hpp"
#include "accessibility/messages/messages.hpp"

namespace pillarbox::messages {
namespace {

struct DateWords {
    std::string_view language;
    std::string_view pattern;
    std::array<std::string_view, 12> months;
};

constexpr std::string_view plain = "{day} {month} {year}";
constexpr std::string_view with_de = "{day} de {month} de {year}";

// The long date and the months' full names as they stand in a date, after CLDR, for the calendar that Britain uses in
// every language. Chinese writes the number of the month. Bengali and Somali take CLDR's newer spellings.
constexpr std::array all_dates{
    DateWords{"en",
              plain,
              {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December"}},
    DateWords{"ar",
              plain,
              {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر",
               "ديسمبر"}},
    DateWords{"bg",
              "{day} {month} {year} г.",
              {"януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври",
               "ноември", "декември"}},
    DateWords{"bn",
              plain,
              {"জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর",
               "ডিসেম্বর"}},
    DateWords{"es",
              with_de,
              {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
               "noviembre", "diciembre"}},
    DateWords{
        "fa",
        plain,
        {"ژانویهٔ", "فوریهٔ", "مارس", "آوریل", "مهٔ", "ژوئن", "ژوئیهٔ", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"}},
    DateWords{"fr",
              plain,
              {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
               "novembre", "décembre"}},
    DateWords{
        "gu",
        "{day} {month}, {year}",
        {"જાન્યુઆરી", "ફેબ્રુઆરી", "માર્ચ", "એપ્રિલ", "મે", "જૂન", "જુલાઈ", "ઑગસ્ટ", "સપ્ટેમ્બર", "ઑક્ટોબર", "નવેમ્બર", "ડિસેમ્બર"}},
    DateWords{"hi",
              plain,
              {"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्तूबर", "नवंबर", "दिसंबर"}},
    DateWords{"it",
              plain,
              {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
               "ottobre", "novembre", "dicembre"}},
    DateWords{
        "pa", plain, {"ਜਨਵਰੀ", "ਫ਼ਰਵਰੀ", "ਮਾਰਚ", "ਅਪ੍ਰੈਲ", "ਮਈ", "ਜੂਨ", "ਜੁਲਾਈ", "ਅਗਸਤ", "ਸਤੰਬਰ", "ਅਕਤੂਬਰ", "ਨਵੰਬਰ", "ਦਸੰਬਰ"}},
    DateWords{"pl",
              plain,
              {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
               "października", "listopada", "grudnia"}},
    DateWords{"pt",
              with_de,
              {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
               "novembro", "dezembro"}},
    DateWords{"ro",
              plain,
              {"ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie",
               "octombrie", "noiembrie", "decembrie"}},
    DateWords{"so",
              plain,
              {"Jannaayo", "Febraayo", "Maarso", "Abriil", "May", "Juun", "Luuliyo", "Ogost", "Sebteembar",
               "Oktoobar", "Noofembar", "Diseembar"}},
    DateWords{
        "ta",
        "{day} {month}, {year}",
        {"ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"}},
    DateWords{"tr",
              plain,
              {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım",
               "Aralık"}},
    DateWords{
        "ur",
        "{day} {month}، {year}",
        {"جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"}},
    DateWords{"zh", "{year}年{month}月{day}日", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}},
};

}  // namespace

std::string format_date(std::string_view language, base::Day day) {
    const auto* found = find_language(language);
    const auto code = found == nullptr ? language : found->code;
    const auto* words = std::ranges::find(all_dates, code, &DateWords::language);
    if (words == all_dates.end()) {
        return base::format_day(day);
    }
    const std::chrono::year_month_day date(day);
    const auto number = [code](auto part) { return format_number(code, static_cast<std::uint64_t>(part)); };
    return fill(words->pattern, {{"day", number(static_cast<unsigned>(date.day()))},
                                 {"month", words->months.at(static_cast<unsigned>(date.month()) - 1)},
                                 {"year", number(static_cast<int>(date.year()))}});
}

}  // namespace pillarbox::messages
