// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages of the desk over one workspace: requests in, responses out, free of sockets.
//
// Whoever comes by the one link says who they are, as every change is noted with a name; nobody else sees anything
// (door.hpp). A GET changes nothing. A POST makes one change, and leads back to where it was asked for, with the
// change and a way to undo it on top; so loading a page again never repeats one. Or it hands over a file, and notes
// that it did. Everything works without a script;
// desk.js only puts what is selected into the form below it.
//
// Threading: handle() may be called from several threads; one at a time is at work.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "desk/page/door.hpp"
#include "desk/page/frame.hpp"
#include "desk/page/search.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::page {

inline constexpr std::size_t form_size_bytes_max = std::size_t{64} << 10U;  // a note of 16 KiB, escaped

struct SiteFiles {
    std::string style, script;
};

class Site {
  public:
    Site(workspace::Workspace& workspace, SiteFiles files, const base::Clock& clock, base::Random& random);

    void listens_on(std::uint16_t port);  // nobody is answered before
    [[nodiscard]] std::string start_link() const;
    [[nodiscard]] static std::size_t body_limit(http::Method method);
    [[nodiscard]] http::Response handle(const http::Request& request);
    [[nodiscard]] bool is_begun();
    [[nodiscard]] bool is_closed();  // by the page's button

  private:
    struct Asked;
    struct Route;
    using Answer = base::Result<http::Response>;
    using Handler = Answer (Site::*)(const Asked& asked);
    [[nodiscard]] static const Route* route_of(std::string_view path, http::Method method);

    [[nodiscard]] http::Response start(const http::Request& request);
    [[nodiscard]] http::Response answer_inside(const http::Request& request);
    [[nodiscard]] http::Response failed(const Asked& asked, const base::Error& error) const;

    [[nodiscard]] Answer overview(const Asked& asked);
    [[nodiscard]] Answer responses(const Asked& asked);
    [[nodiscard]] Answer response(const Asked& asked);
    [[nodiscard]] Answer check(const Asked& asked);
    [[nodiscard]] Answer codebook(const Asked& asked);
    [[nodiscard]] Answer quotes(const Asked& asked);
    [[nodiscard]] Answer agreement(const Asked& asked);
    [[nodiscard]] Answer duplicates(const Asked& asked);
    [[nodiscard]] Answer trail(const Asked& asked);
    [[nodiscard]] Answer report(const Asked& asked);
    [[nodiscard]] Answer exports(const Asked& asked);

    [[nodiscard]] Answer change_tag(const Asked& asked);
    [[nodiscard]] Answer finish_coding(const Asked& asked);
    [[nodiscard]] Answer set_status(const Asked& asked);
    [[nodiscard]] Answer change_note(const Asked& asked);
    [[nodiscard]] Answer use_passage(const Asked& asked);
    [[nodiscard]] Answer take_back_redaction(const Asked& asked);
    [[nodiscard]] Answer drop_quote(const Asked& asked);
    [[nodiscard]] Answer mark_reviewed(const Asked& asked);
    [[nodiscard]] Answer mark_different(const Asked& asked);
    [[nodiscard]] Answer change_codebook(const Asked& asked);
    [[nodiscard]] Answer change_field(const Asked& asked);
    [[nodiscard]] Answer answer_field(const Asked& asked);
    [[nodiscard]] Answer change_cut_off(const Asked& asked);
    [[nodiscard]] Answer change_report_line(const Asked& asked);
    [[nodiscard]] Answer make_report(const Asked& asked);
    [[nodiscard]] Answer make_export(const Asked& asked);
    [[nodiscard]] Answer undo(const Asked& asked);
    [[nodiscard]] Answer undo_last(const Asked& asked);
    [[nodiscard]] Answer close(const Asked& asked);

    [[nodiscard]] View view(Place place) const;
    // "/response/12?<search>&done=34": back to where the change was asked for, with it on top.
    [[nodiscard]] Answer back(const Asked& asked);
    [[nodiscard]] base::Result<void> write_done(Markup& markup, const Asked& asked, const View& view);

    workspace::Workspace& workspace_;
    SiteFiles files_;
    const base::Clock& clock_;
    std::mutex mutex_;
    Door door_;
    std::string who_;
    bool closed_ = false;
};

}  // namespace pillarbox::page
