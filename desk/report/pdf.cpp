// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/pdf.hpp"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "core/base/child_process.hpp"
#include "core/base/file.hpp"

namespace pillarbox::report {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{120};
constexpr std::size_t pdf_size_bytes_max = std::size_t{256} << 20U;

// Made owner-only, removed with everything in it.
class PrivateFolder {
  public:
    static base::Result<PrivateFolder> make() {
        std::string pattern = (fs::temp_directory_path() / "pillarbox-print-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            return std::unexpected(base::error_of_errno(errno, pattern, "made"));
        }
        return PrivateFolder(pattern);
    }
    ~PrivateFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }
    PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    PrivateFolder& operator=(PrivateFolder&&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    explicit PrivateFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

std::vector<std::string> arguments_of(const fs::path& folder) {
    std::vector<std::string> arguments = {
        "--headless=new",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-logging",
        "--log-level=3",
        "--no-first-run",
        "--proxy-server=127.0.0.1:9",  // nothing answers there: no request leaves the machine
        "--user-data-dir=" + (folder / "profile").string(),
        "--no-pdf-header-footer",
        "--print-to-pdf=" + (folder / "report.pdf").string(),
    };
    // chromium refuses to run its sandbox as root; nobody's desk runs as root, but builds and tests do.
    if (::geteuid() == 0) {
        arguments.emplace_back("--no-sandbox");
    }
    arguments.push_back("file://" + (folder / "report.html").string());
    return arguments;
}

// "D:20231127001530+00'00'" -> that day at midnight, of the same length.
void set_date(base::Bytes& pdf, std::string_view day) {
    std::string text(reinterpret_cast<const char*>(pdf.data()), pdf.size());
    std::string fixed;
    for (const char letter : day) {
        fixed += letter == '-' ? "" : std::string(1, letter);
    }
    fixed += "000000";
    for (const std::string_view field : {"/CreationDate (D:", "/ModDate (D:"}) {
        for (std::size_t at = text.find(field); at != std::string::npos; at = text.find(field, at + 1)) {
            if (at + field.size() + fixed.size() <= text.size()) {
                text.replace(at + field.size(), fixed.size(), fixed);
            }
        }
    }
    std::copy(text.begin(), text.end(), pdf.begin());
}

std::unexpected<base::Error> no_pdf(const fs::path& browser, std::string what) {
    return base::fail(base::ErrorCode::unavailable, browser.string(), std::move(what),
                      "Install Debian's package chromium, name another with --browser, or print the HTML yourself.");
}

}  // namespace

base::Result<base::Bytes> pdf_of(std::string_view html, std::string_view day, const fs::path& browser) {
    std::error_code ignored;
    if (!fs::exists(browser, ignored)) {
        return no_pdf(browser, "There is no browser here to print the report with.");
    }
    const PrivateFolder folder = TRY(PrivateFolder::make());
    TRY(base::write_file(folder.path() / "report.html", base::view_of(html), base::FileMode::owner_only));
    base::ChildProcess child = TRY(base::ChildProcess::start(browser, arguments_of(folder.path())));
    std::optional<int> ended;
    for (std::chrono::milliseconds waited{0}; !ended.has_value() && waited < patience;
         waited += std::chrono::milliseconds(50)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        (void)child.new_lines();
        ended = child.ended();
    }
    auto pdf = base::read_file(folder.path() / "report.pdf", pdf_size_bytes_max);
    if (!ended.has_value() || *ended != 0 || !pdf.has_value()) {
        return no_pdf(browser, "The browser did not print the report.");
    }
    set_date(*pdf, day);
    return pdf;
}

}  // namespace pillarbox::report
