// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/description.hpp"

#include <fmt/format.h>

namespace pillarbox::archive {
namespace {

// XML 1.0 has no way to write most control characters: they are left out.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t') {
                    result += letter;
                }
        }
    }
    return result;
}

std::string element(std::string_view name, std::string_view text, std::string_view language = {}) {
    const std::string attribute = language.empty() ? "" : fmt::format(" xml:lang=\"{}\"", escaped(language));
    return fmt::format("  <dc:{0}{1}>{2}</dc:{0}>\n", name, attribute, escaped(text));
}

std::string event_element(const Event& event, base::Day day, std::size_t number) {
    return fmt::format(
        "  <event>\n    <eventIdentifier>\n      <eventIdentifierType>local</eventIdentifierType>\n"
        "      <eventIdentifierValue>{}</eventIdentifierValue>\n    </eventIdentifier>\n"
        "    <eventType>{}</eventType>\n    <eventDateTime>{}</eventDateTime>\n"
        "    <eventDetailInformation>\n      <eventDetail>{}</eventDetail>\n    </eventDetailInformation>\n"
        "    <eventOutcomeInformation>\n      <eventOutcome>{}</eventOutcome>\n    </eventOutcomeInformation>\n"
        "    <linkingAgentIdentifier>\n      <linkingAgentIdentifierType>software</linkingAgentIdentifierType>\n"
        "      <linkingAgentIdentifierValue>pillarbox</linkingAgentIdentifierValue>\n"
        "    </linkingAgentIdentifier>\n  </event>\n",
        number, escaped(event.type), base::format_day(day), escaped(event.detail), escaped(event.outcome));
}

}  // namespace

std::string premis_events(const std::vector<Event>& events, base::Day day, std::string_view object) {
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<premis xmlns=\"http://www.loc.gov/premis/v3\" version=\"3.0\">\n";
    xml += fmt::format(
        "  <object xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"intellectualEntity\">\n"
        "    <objectIdentifier>\n      <objectIdentifierType>bag</objectIdentifierType>\n"
        "      <objectIdentifierValue>{}</objectIdentifierValue>\n    </objectIdentifier>\n  </object>\n",
        escaped(object));
    std::size_t number = 0;
    for (const Event& event : events) {
        xml += event_element(event, day, ++number);
    }
    xml += fmt::format(
        "  <agent>\n    <agentIdentifier>\n      <agentIdentifierType>software</agentIdentifierType>\n"
        "      <agentIdentifierValue>pillarbox</agentIdentifierValue>\n    </agentIdentifier>\n"
        "    <agentName>Pillarbox {}</agentName>\n    <agentType>software</agentType>\n  </agent>\n",
        PILLARBOX_VERSION);
    return xml + "</premis>\n";
}

base::Result<std::string> with_event(std::string_view xml, const Event& event, base::Day day) {
    constexpr std::string_view agents = "  <agent>\n";  // schema's order: events, then agents
    constexpr std::string_view start = "  <event>\n";
    const std::size_t place = xml.rfind(agents);
    if (place == std::string_view::npos || !xml.ends_with("</premis>\n")) {
        return base::fail(base::ErrorCode::malformed, "metadata/events.xml",
                          "The file is not one of Pillarbox's lists of events.");
    }
    std::size_t number = 1;
    for (std::size_t at = xml.find(start); at < place; at = xml.find(start, at + 1)) {
        ++number;
    }
    std::string longer(xml);
    longer.insert(place, event_element(event, day, number));
    return longer;
}

std::string dublin_core(const campaign::Campaign& campaign, const Description& description) {
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n";
    const form::Form& form = *campaign.form;
    for (const std::string& language : form.languages) {
        const std::string& title = campaign.text("title", language);
        xml += title.empty() ? "" : element("title", title, language);
    }
    xml += element("creator", campaign.text("committee", form.default_language));
    xml += element("identifier", description.identifier);
    xml += element("type", description.type);
    xml += element("description", campaign.text("purpose", form.default_language), form.default_language);
    xml += element("date", base::format_day(campaign.opens) + "/" + base::format_day(campaign.closes));
    for (const std::string& language : form.languages) {
        xml += element("language", language);
    }
    xml += element("rights", description.rights);
    return xml + "</oai_dc:dc>\n";
}

std::string notices_in(const campaign::Campaign& campaign, std::string_view language) {
    std::string text;
    for (const auto& [name, localized] : campaign.texts) {
        text += fmt::format("[{}]\n{}\n\n", name, localized.in(language, campaign.form->default_language));
    }
    return text;
}

}  // namespace pillarbox::archive
