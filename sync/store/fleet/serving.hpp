// SPDX-License-Identifier: GPL-3.0-or-later
//
// What `pillarbox-store serve` puts before its requests: those of people go to Site, all others to store::Service,
// and each is counted for /metrics. Threading: any.
#pragma once

#include <string>

#include "sync/store/fleet/metrics.hpp"
#include "sync/store/fleet/site.hpp"
#include "sync/store/service.hpp"

namespace pillarbox::fleet {

class Front {
  public:
    // What is referred to must outlive it.
    Front(Database& database, store::Service& service, station::StorePin pin, std::string metrics_token,
          const base::Clock& clock, base::Random& random);

    [[nodiscard]] std::expected<std::size_t, http::Response> body_limit(http::Method method, std::string_view path);
    [[nodiscard]] http::Response handle(const http::Request& request);

  private:
    store::Service& service_;
    Metrics metrics_;
    Site site_;
};

}  // namespace pillarbox::fleet
