// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/serving.hpp"

#include <chrono>
#include <utility>

namespace pillarbox::fleet {

Front::Front(Database& database, store::Service& service, station::StorePin pin, std::string metrics_token,
             const base::Clock& clock, base::Random& random)
    : service_(service),
      metrics_(database, clock),
      site_(database,
            {std::move(pin), std::move(metrics_token),
             [&service](store::EventCode code, std::initializer_list<store::EventLog::Field> fields) {
                 service.tell(code, fields);
             }},
            clock, random, metrics_) {}

std::expected<std::size_t, http::Response> Front::body_limit(http::Method method, std::string_view path) {
    if (Site::serves(path)) {
        return Site::body_limit(method, path);
    }
    return service_.body_limit(method, path);
}

http::Response Front::handle(const http::Request& request) {
    const auto began = std::chrono::steady_clock::now();  // finer than base::Clock, and of no other use
    auto response = Site::serves(request.path) ? site_.handle(request) : service_.handle(request);
    metrics_.count(request, response,
                   std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began));
    return response;
}

}  // namespace pillarbox::fleet
