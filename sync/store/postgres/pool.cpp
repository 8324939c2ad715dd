// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/pool.hpp"

#include <chrono>

namespace pillarbox::postgres_storage {
namespace {

constexpr std::chrono::seconds patience{10};
constexpr std::size_t campaigns_known_max = 1000;

}  // namespace

Pool::Lease::~Lease() {
    if (connection_ != nullptr) {
        pool_->take_back(std::move(connection_));
    }
}

base::Result<Pool::Lease> Pool::lend() {
    {
        std::unique_lock lock(mutex_);
        const bool free =
            given_back_.wait_for(lock, patience, [this] { return !idle_.empty() || count_ < connections_max; });
        if (!free) {
            return base::fail(base::ErrorCode::unavailable, "postgres",
                              "All connections to the database server are busy.");
        }
        if (!idle_.empty()) {
            Lease lease(*this, std::move(idle_.back()));
            idle_.pop_back();
            return lease;
        }
        ++count_;  // the place is taken before connecting, which takes its time and needs no lock
    }
    auto opened = Connection::open(address_);
    if (!opened.has_value()) {
        take_back(nullptr);
        return std::unexpected(std::move(opened).error());
    }
    return Lease(*this, std::make_unique<Connection>(std::move(*opened)));
}

bool Pool::knows_campaign(const std::string& campaign_id) {
    const std::scoped_lock lock(mutex_);
    return campaigns_.contains(campaign_id);
}

void Pool::note_campaign(const std::string& campaign_id) {
    const std::scoped_lock lock(mutex_);
    if (campaigns_.size() < campaigns_known_max) {
        campaigns_.insert(campaign_id);
    }
}

void Pool::close_idle() {
    const std::scoped_lock lock(mutex_);
    count_ -= idle_.size();
    idle_.clear();
}

void Pool::take_back(std::unique_ptr<Connection> connection) {
    const bool usable = connection != nullptr && connection->is_usable();
    if (!usable) {
        close_idle();  // they went to the same server
    }
    {
        const std::scoped_lock lock(mutex_);
        if (usable) {
            idle_.push_back(std::move(connection));
        } else {
            --count_;
        }
    }
    given_back_.notify_all();
}

}  // namespace pillarbox::postgres_storage
