// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/page/site.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "desk/page/asked.hpp"
#include "desk/workspace/coding.hpp"

namespace pillarbox::page {
namespace {

struct Target {
    std::string_view path;
    std::string_view query;
};

Target target_of(std::string_view whole) {
    const std::size_t mark = std::min(whole.find('?'), whole.size());
    return {whole.substr(0, mark), whole.substr(std::min(mark + 1, whole.size()))};
}

// nullopt where the path is another; else the number that stands for *, 0 where there is none.
std::optional<workspace::ResponseId> match(std::string_view pattern, std::string_view path) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == path ? std::optional<workspace::ResponseId>(0) : std::nullopt;
    }
    const std::string_view after = pattern.substr(star + 1);
    if (!path.starts_with(pattern.substr(0, star)) || !path.ends_with(after) || path.size() <= star + after.size()) {
        return std::nullopt;
    }
    path.remove_prefix(star);
    path.remove_suffix(after.size());
    workspace::ResponseId id = 0;
    const auto [end, problem] = std::from_chars(path.data(), path.data() + path.size(), id);
    const bool whole = problem == std::errc() && end == path.data() + path.size() && id > 0;
    return whole ? std::optional(id) : std::nullopt;
}

void write_message(Markup& markup, std::string_view title, std::string_view sentence) {
    markup.leaf("h1", title).leaf("p", sentence);
}

}  // namespace

std::int64_t Site::Asked::number(std::string_view name) const {
    const std::string text = field(name);
    std::int64_t number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Site::Site(workspace::Workspace& workspace, SiteFiles files, const base::Clock& clock, base::Random& random)
    : workspace_(workspace), files_(std::move(files)), clock_(clock), door_(random) {}

void Site::listens_on(std::uint16_t port) {
    const std::scoped_lock turn(mutex_);
    door_.listens_on(port);
}

std::string Site::start_link() const {
    return "http://" + door_.host() + door_.start_path();
}

std::size_t Site::body_limit(http::Method method) {
    return method == http::Method::post ? form_size_bytes_max : 0;
}

bool Site::is_begun() {
    const std::scoped_lock turn(mutex_);
    return door_.is_start_used();
}

bool Site::is_closed() {
    const std::scoped_lock turn(mutex_);
    return closed_;
}

const Site::Route* Site::route_of(std::string_view path, http::Method method) {
    using http::Method;
    static constexpr std::array routes = {
        Route{Method::get, "/", &Site::overview},
        Route{Method::get, "/responses", &Site::responses},
        Route{Method::get, "/response/*", &Site::response},
        Route{Method::get, "/check", &Site::check},
        Route{Method::get, "/codebook", &Site::codebook},
        Route{Method::get, "/quotes", &Site::quotes},
        Route{Method::get, "/agreement", &Site::agreement},
        Route{Method::get, "/duplicates", &Site::duplicates},
        Route{Method::get, "/trail", &Site::trail},
        Route{Method::get, "/report", &Site::report},
        Route{Method::get, "/export", &Site::exports},
        Route{Method::post, "/response/*/tag", &Site::change_tag},
        Route{Method::post, "/response/*/coded", &Site::finish_coding},
        Route{Method::post, "/response/*/status", &Site::set_status},
        Route{Method::post, "/response/*/note", &Site::change_note},
        Route{Method::post, "/response/*/passage", &Site::use_passage},
        Route{Method::post, "/response/*/unredact", &Site::take_back_redaction},
        Route{Method::post, "/response/*/unquote", &Site::drop_quote},
        Route{Method::post, "/response/*/reviewed", &Site::mark_reviewed},
        Route{Method::post, "/response/*/different", &Site::mark_different},
        Route{Method::post, "/codebook", &Site::change_codebook},
        Route{Method::post, "/response/*/field", &Site::answer_field},
        Route{Method::post, "/field", &Site::change_field},
        Route{Method::post, "/cut-off", &Site::change_cut_off},
        Route{Method::post, "/report-line", &Site::change_report_line},
        Route{Method::post, "/report", &Site::make_report},
        Route{Method::post, "/export", &Site::make_export},
        Route{Method::post, "/undo", &Site::undo},
        Route{Method::post, "/undo-last", &Site::undo_last},
        Route{Method::post, "/close", &Site::close},
    };
    for (const Route& route : routes) {
        if (route.method == method && match(route.path, path).has_value()) {
            return &route;
        }
    }
    return nullptr;
}

http::Response Site::handle(const http::Request& request) {
    const std::scoped_lock turn(mutex_);
    if (!door_.is_for_us(request)) {
        return plain(421, "The desk is not at this address.");
    }
    if (request.method == http::Method::post && !door_.is_from_us(request)) {
        return plain(403, "Nothing was done: this came from another site.");
    }
    if (request.method == http::Method::get && request.path == "/desk.css") {
        return served_file("text/css; charset=utf-8", files_.style);
    }
    if (request.method == http::Method::get && request.path == "/desk.js") {
        return served_file("text/javascript; charset=utf-8", files_.script);
    }
    if (door_.is_start(request)) {
        return start(request);
    }
    if (!door_.is_in(request)) {
        return page(403, View{}, "The desk is closed here", [](Markup& markup) {
            write_message(markup, "The desk is closed here",
                          "Each start of `pillarbox desk` opens one page, once. Start it again to get a new link.");
        });
    }
    return answer_inside(request);
}

http::Response Site::start(const http::Request& request) {
    const auto form = request.method == http::Method::post ? http::parse_form(request.body) : http::Form{};
    const std::string name = form.has_value() ? Asked::value(*form, "name") : std::string();
    const bool is_wrong = request.method == http::Method::post &&
                          (name.empty() || name.size() > workspace::editor_name_size_bytes_max ||
                           std::ranges::any_of(name, [](unsigned char byte) { return byte < 0x20; }));
    if (request.method == http::Method::post && !is_wrong) {
        who_ = name;
        auto response = see_other("/");
        response.headers.push_back(door_.begin());
        return response;
    }
    return page(is_wrong ? 422 : 200, View{.campaign = workspace_.form().title, .who = {}, .form_token = {}},
                is_wrong ? "Error: Who are you?" : "Who are you?", [&](Markup& markup) {
                    if (is_wrong) {
                        write_problem(markup, "Enter your name, of at most 60 letters.", {});
                    }
                    markup.leaf("h1", "Who are you?");
                    markup.open("form", {{"method", "post"}, {"action", door_.start_path()}, {"class", "narrow"}});
                    write_text_field(markup, "name", "Your name",
                                     "It stands beside your tags and in the audit trail. A second coder starts the "
                                     "desk under another name.",
                                     name.substr(0, workspace::editor_name_size_bytes_max));
                    markup.leaf("button", "Open the desk", {{"class", "button"}}).close();
                });
}

http::Response Site::answer_inside(const http::Request& request) {
    const Target target = target_of(request.path);
    Asked asked{{who_, clock_.today()}, target.path, 0, {}, {}};
    const Route* route = route_of(target.path, request.method);
    auto query = http::parse_form(base::view_of(target.query));
    if (route == nullptr || !query.has_value()) {
        return page(404, view(Place::elsewhere), "There is nothing here", [](Markup& markup) {
            write_message(markup, "There is nothing here", "The address is wrong, or the page has gone.");
        });
    }
    asked.response = match(route->path, target.path).value_or(0);
    asked.query = std::move(*query);
    if (request.method == http::Method::post) {
        auto form = http::parse_form(request.body);
        if (!request.content_type.starts_with(http::form_type) || !form.has_value() ||
            !door_.is_form_token(Asked::value(*form, "form"))) {
            return page(403, view(Place::elsewhere), "Nothing was done", [](Markup& markup) {
                write_message(
                    markup, "Nothing was done",
                    "This form is of another session. Go back, load the page again, and send it once more.");
            });
        }
        asked.form = std::move(*form);
    }
    auto answer = (this->*route->handler)(asked);
    return answer.has_value() ? std::move(*answer) : failed(asked, answer.error());
}

http::Response Site::failed(const Asked& asked, const base::Error& error) const {
    using base::ErrorCode;
    const bool is_theirs = error.code == ErrorCode::usage || error.code == ErrorCode::conflict;
    const unsigned status = error.code == ErrorCode::not_found ? 404 : is_theirs ? 422 : 500;
    return page(status, view(Place::elsewhere), "Error: Nothing was changed", [&](Markup& markup) {
        write_problem(markup, error.what, error.remedy);
        markup.leaf("p", "Nothing was changed.");
        const std::string way_back =
            asked.response > 0 ? fmt::format("/response/{}?{}", asked.response, asked.field("search")) : "/";
        markup.open("p").link(error.code == ErrorCode::not_found ? "/responses" : way_back, "Go back").close();
    });
}

View Site::view(Place place) const {
    return {workspace_.form().title, who_, door_.form_token(), place};
}

Site::Answer Site::back(const Asked& asked) {
    const auto lines = TRY(workspace::audit_trail(workspace_, asked.response));
    const workspace::EventId last = lines.empty() ? 0 : lines.back().event;
    const std::string path = asked.response > 0                ? fmt::format("/response/{}", asked.response)
                             : asked.field("to") == "codebook" ? "/codebook"
                             : asked.field("to") == "report"   ? "/report"
                                                               : "/trail";
    // Read and written anew, so that what stands in the address is ours.
    const auto search = http::parse_form(base::view_of(asked.field("search")));
    const auto parsed = search.has_value() ? parse_search(*search) : base::Result<Search>(Search{});
    const std::string query = parsed.has_value() ? query_of(*parsed) : std::string();
    return see_other(fmt::format("{}?{}{}done={}", path, query, query.empty() ? "" : "&", last));
}

// What was done last, where the address says that it was just done.
base::Result<void> Site::write_done(Markup& markup, const Asked& asked, const View& view) {
    const std::string done = Asked::value(asked.query, "done");
    if (done.empty()) {
        return {};
    }
    for (const workspace::TrailLine& line : TRY(workspace::audit_trail(workspace_, asked.response))) {
        if (std::to_string(line.event) == done) {
            markup.open("div", {{"class", "saved"}, {"role", "alert"}, {"tabindex", "-1"}});
            markup.leaf("p", fmt::format("Saved: {} {}.", line.who, line.what));
            write_button_form(markup, view, "/undo",
                              {{"event", done},
                               {"response", std::to_string(asked.response)},
                               {"to", std::string(asked.path.substr(1))}},
                              "Undo", fmt::format("that {} {}", line.who, line.what), "link");
            markup.close();
        }
    }
    return {};
}

Site::Answer Site::close(const Asked& /*asked*/) {
    door_.close();
    closed_ = true;
    return page(200, View{.campaign = workspace_.form().title, .who = {}, .form_token = {}}, "The desk is closed",
                [](Markup& markup) {
                    write_message(markup, "The desk is closed",
                                  "You can close this window. Start `pillarbox desk` again to go on.");
                });
}

}  // namespace pillarbox::page
