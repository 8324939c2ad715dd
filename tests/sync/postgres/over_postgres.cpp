// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/postgres/over_postgres.hpp"

#include <chrono>

namespace pillarbox::tests {

OneStore::OneStore(const std::filesystem::path& data, const base::Clock& clock)
    : log(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_text)),
          clock) {
    auto keys = store::read_keys(data);
    REQUIRE(keys.has_value());
    auto database = store::open_database_of(data);
    REQUIRE(database.has_value());
    service = std::make_unique<store::Service>(std::move(*database), std::move(keys->store_key), batch::Limits{},
                                               clock, log);
}

SharedDatabase::SharedDatabase(const std::string& address, store::Copies copies)
    : clock(base::parse_day("2026-01-05").value()) {
    const auto made =
        store::make_store(data(), {store_name, 1, copies}, {"localhost"}, clock.today(), random, address);
    INFO((made.has_value() ? std::string() : made.error().describe()));
    REQUIRE(made.has_value());
    store_key = store::read_keys(data())->store_key.verify_key();
}

batch::Receipt SharedDatabase::receipt_of(const http::Response& response) const {
    return batch::verify_receipt(base::text_of(response.body), store_name, store_key).value();
}

Courier::Courier(SharedDatabase& database, OneStore& store, int batches, std::size_t size_bytes) : shared_(database) {
    ChainMaker chain(database.random);
    auto opened = store::open_database_of(database.data());
    REQUIRE(opened.has_value());
    const auto token = store::issue_token(**opened, {}, "Brixton Library", database.random);
    REQUIRE(token.has_value());
    const auto enrolled = store.service->handle({http::Method::post,
                                                 std::string(protocol::enrol_path),
                                                 {},
                                                 protocol::make_enrolment(token->secret, {}, chain.key())});
    REQUIRE(enrolled.status == 200);
    log_id_ = chain.log_id();
    for (int i = 0; i < batches; ++i) {
        batches_.push_back(chain.next({make_item(static_cast<std::uint8_t>(i), size_bytes)}));
    }
}

void Courier::deliver(const std::vector<OneStore*>& stores, const std::atomic<bool>& stop) {
    for (std::size_t turn = 0; !stop && stored_ < batches_.size(); ++turn) {
        const auto body = protocol::make_upload({batches_[stored_]});
        const http::Response response = stores[turn % stores.size()]->service->handle(
            {http::Method::post, protocol::batches_path(log_id_), {}, body});
        if (response.status == 200 || response.status == 409) {
            const batch::Receipt receipt = shared_.receipt_of(response);
            stored_ = receipt.stored;
            safe_ = std::max(safe_, receipt.safe);
        } else {
            ++refusals_;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
}

std::string Courier::lost_in(store::Database& database) const {
    const auto kiosk = store::find_kiosk(database, log_id_);
    if (!kiosk.has_value() || !kiosk->has_value()) {
        return "the kiosk is not there";
    }
    if ((*kiosk)->stored < safe_) {
        return std::to_string(safe_ - (*kiosk)->stored) + " batches are missing that a receipt called safe";
    }
    std::uint64_t altered = 0;
    const auto walked = store::walk_batches(database, **kiosk, [&](std::uint64_t number, base::ByteView content) {
        altered += std::ranges::equal(content, batches_[number - 1]) ? 0U : 1U;
        return base::Result<void>{};
    });
    if (!walked.has_value()) {
        return walked.error().describe();
    }
    return altered == 0 ? std::string() : std::to_string(altered) + " batches are not as they were sent";
}

}  // namespace pillarbox::tests
