// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/flow/all_kinds.hpp"

#include "core/base/check.hpp"
#include "core/form/workbook.hpp"
#include "tests/core/form/workbook_builder.hpp"

namespace pillarbox::tests {

namespace {

constexpr std::string_view all_kinds_sheets = R"(
| survey |
| | type | name | label::English (en) | label::Arabic (ar) | label::Bengali (bn) | appearance | parameters | required | relevant | constraint | calculation | read_only | repeat_count |
| | note | welcome | These questions are about your travel. | هذه الأسئلة عن تنقلاتك. | এই প্রশ্নগুলি আপনার যাতায়াত নিয়ে। | | | | | | | | |
| | rank modes | order | Which ways of travel matter most to you? | ما وسائل التنقل الأهم لك؟ | কোন যাতায়াত আপনার কাছে সবচেয়ে গুরুত্বপূর্ণ? | | | | | | | | |
| | range | satisfied | How satisfied are you with buses? | ما مدى رضاك عن الحافلات؟ | বাস নিয়ে আপনি কতটা সন্তুষ্ট? | | start=0 end=10 step=1 tick_labelset=ends tick_interval=10 | | | | | | |
| | range | warmth | How warm should a bus be? | ما درجة الحرارة المناسبة في الحافلة؟ | বাস কতটা গরম হওয়া উচিত? | | start=16 end=24 step=0.5 | | | | | | |
| | integer | trips | How many trips did you make last week? | كم رحلة قمت بها الأسبوع الماضي؟ | গত সপ্তাহে কতবার যাতায়াত করেছেন? | | | | | . >= 0 and . < 200 | | | |
| | decimal | fare | How much was your last fare, in pounds? | كم كانت آخر أجرة دفعتها بالجنيه؟ | শেষ ভাড়া কত পাউন্ড ছিল? | | | | | . >= 0 | | | |
| | date | moved | When did you move to your home? | متى انتقلت إلى منزلك؟ | আপনি কবে আপনার বাসায় এসেছেন? | | | | | . <= today() | | | |
| | date | born | In which year were you born? | في أي سنة ولدت؟ | আপনি কোন বছরে জন্মেছেন? | year | | | | | | | |
| | date | since | Since which month have you had a bus pass? | منذ أي شهر لديك بطاقة حافلات؟ | কোন মাস থেকে আপনার বাস পাস আছে? | month-year | | | | | | | |
| | time | leaves | When do you leave home? | متى تغادر المنزل؟ | আপনি কখন বাসা থেকে বের হন? | | | | | | | | |
| | dateTime | late | When was your bus last late? | متى تأخرت حافلتك آخر مرة؟ | শেষ কবে আপনার বাস দেরি করেছিল? | | | | | | | | |
| | begin group | choosing | Your choices | اختياراتك | আপনার পছন্দ | field-list | | | | | | | |
| | select_one agree | cleaner | Buses should be cleaner. | يجب أن تكون الحافلات أنظف. | বাস আরও পরিষ্কার হওয়া উচিত। | likert | | | | | | | |
| | select_one modes | main | Your main way of travel | وسيلة تنقلك الرئيسية | আপনার প্রধান যাতায়াত | minimal | | | | | | | |
| | select_multiple uses | uses | What do you travel for? | لماذا تتنقل؟ | আপনি কেন যাতায়াত করেন? | columns-pack | | | | count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1) | | | |
| | text | other_use | What else? | ماذا أيضًا؟ | আর কী? | | | | selected(${uses}, 'other') | | | | |
| | end group | | | | | | | | | | | | |
| | begin group | table | How often? | كم مرة؟ | কত ঘন ঘন? | field-list | | | | | | | |
| | select_one often | header | Say how often you use each. | قل كم مرة تستخدم كلًا منها. | প্রতিটি কত ঘন ঘন ব্যবহার করেন বলুন। | label | | | | | | | |
| | select_one often | bus | Bus | الحافلة | বাস | list-nolabel | | | | | | | |
| | select_one often | tram | Tram | الترام | ট্রাম | list-nolabel | | | | | | | |
| | end group | | | | | | | | | | | | |
| | text | name | A name for you | اسم لك | আপনার একটি নাম | | | | | | | | |
| | text | story | Tell us more. | أخبرنا بالمزيد. | আরও বলুন। | multiline | | | | | | | |
| | text | code | Your pass number | رقم بطاقتك | আপনার পাস নম্বর | numbers masked | | | | | | | |
| | calculate | twice | | | | | | | | | ${trips} * 2 | | |
| | text | summary | Trips in two weeks | الرحلات في أسبوعين | দুই সপ্তাহের যাতায়াত | | | | ${trips} > 0 | | ${twice} | true | |
| | begin repeat | person | Person | الشخص | ব্যক্তি | | | | | | | | |
| | text | person_name | What is this person called? | ما اسم هذا الشخص؟ | এই ব্যক্তির নাম কী? | | | | | | | | |
| | integer | age | How old are they? | كم عمره؟ | তাঁর বয়স কত? | | | | | . < 130 | | | |
| | select_one yes_no | pass | Do they have a bus pass? | هل لديه بطاقة حافلات؟ | তাঁর কি বাস পাস আছে? | | | | ${age} >= 5 | | | | |
| | end repeat | | | | | | | | | | | | |
| | begin repeat | trip | Trip | الرحلة | যাতায়াত | field-list | | | | | | | if(${trips} > 3, 3, ${trips}) |
| | text | where | Where did you go? | إلى أين ذهبت؟ | কোথায় গিয়েছিলেন? | | | | | | | | |
| | time | when | At what time? | في أي وقت؟ | কোন সময়ে? | | | | | | | | |
| | end repeat | | | | | | | | | | | | |
| | hidden | source | | | | | | | | | | | |
| | acknowledge | understood | I have read the notice. | لقد قرأت الإشعار. | আমি বিজ্ঞপ্তিটি পড়েছি। | | | yes | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Arabic (ar) | label::Bengali (bn) |
| | modes | bus | Bus | الحافلة | বাস |
| | modes | train | Train | القطار | ট্রেন |
| | modes | walk | Walking | المشي | হাঁটা |
| | modes | cycle | Cycling | الدراجة | সাইকেল |
| | ends | 0 | Not at all | غير راضٍ أبدًا | একদম না |
| | ends | 10 | Completely | راضٍ تمامًا | সম্পূর্ণ |
| | agree | a5 | Strongly agree | أوافق بشدة | পুরোপুরি একমত |
| | agree | a4 | Agree | أوافق | একমত |
| | agree | a3 | Neither | محايد | কোনোটিই না |
| | agree | a2 | Disagree | لا أوافق | একমত নই |
| | agree | a1 | Strongly disagree | لا أوافق بشدة | একেবারেই একমত নই |
| | uses | work | Work | العمل | কাজ |
| | uses | school | School | المدرسة | স্কুল |
| | uses | shopping | Shopping | التسوق | কেনাকাটা |
| | uses | other | Something else | شيء آخر | অন্য কিছু |
| | uses | none | None of these | لا شيء مما سبق | এগুলির কোনোটিই নয় |
| | often | daily | Every day | كل يوم | প্রতিদিন |
| | often | never | Never | أبدًا | কখনও না |
| | yes_no | yes | Yes | نعم | হ্যাঁ |
| | yes_no | no | No | لا | না |
| settings |
| | form_title | form_id | version | default_language |
| | Travel | all_kinds | 1 | en |
)";

}  // namespace

std::string_view all_kinds_markdown() {
    return all_kinds_sheets;
}

base::Result<std::shared_ptr<const campaign::Campaign>> campaign_around(base::ByteView workbook,
                                                                        std::string_view where) {
    campaign::Campaign call;
    call.id = "a-call";
    call.version = 1;
    call.opens = base::parse_day("2023-01-01").value();
    call.closes = base::parse_day("2023-12-31").value();
    call.withdraw_until = call.closes;
    call.expires = call.closes;
    call.form = std::make_shared<const form::Form>(TRY(form::read_workbook(workbook, where)));
    return std::make_shared<const campaign::Campaign>(std::move(call));
}

std::shared_ptr<const campaign::Campaign> campaign_of(std::string_view form) {
    auto campaign = campaign_around(workbook_of(form), "form.xlsx");
    PILLARBOX_CHECK(campaign.has_value());
    return *std::move(campaign);
}

}  // namespace pillarbox::tests
