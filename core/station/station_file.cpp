// SPDX-License-Identifier: GPL-3.0-or-later
//
// station.json: read and written with nlohmann::json, whose exceptions never leave this file.
//
//   {"format": "pillarbox station 1", "name": ..., "campaign_id": ..., "pack_version_min": 1, "committee_key":
//   <base64>,
//    "store": {"name": ..., "url": ..., "key": <base64>, "certificate_pin": <base64>}}
//
// and "earlier_keys": [<base64> ...] in "store", once the store's key was another.
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/station/checks.hpp"
#include "core/station/station.hpp"

namespace pillarbox::station {
namespace {

using Json = nlohmann::json;

constexpr std::string_view format_name = "pillarbox station 1";
constexpr std::size_t file_size_bytes_max = std::size_t{64} << 10U;
constexpr int indent = 2;

std::filesystem::path file_path(const std::filesystem::path& folder) {
    return folder / "station.json";
}

// Reads the fields of one JSON object; an error names the field by its whole path.
class Fields {
  public:
    Fields(const Json& object, std::string prefix) : object_(object), prefix_(std::move(prefix)) {}

    base::Result<std::string> text(const std::string& name) const {
        const Json* const value = TRY(find(name));
        if (!value->is_string()) {
            return wrong(name, "It must be a text.");
        }
        auto result = value->get<std::string>();
        TRY(check_text(result, prefix_ + name));
        return result;
    }

    base::Result<std::uint64_t> number(const std::string& name) const {
        const Json* const value = TRY(find(name));
        if (!value->is_number_unsigned()) {
            return wrong(name, "It must be a whole number, 0 or more.");
        }
        return value->get<std::uint64_t>();
    }

    base::Result<std::array<std::uint8_t, 32>> key(const std::string& name) const {
        const std::string letters = TRY(text(name));
        return key_of(letters, name);
    }

    // None where it is missing: it came later than the others.
    base::Result<std::vector<crypto::VerifyKey>> keys(const std::string& name) const {
        std::vector<crypto::VerifyKey> keys;
        const auto list = object_.find(name);
        if (list == object_.end()) {
            return keys;
        }
        if (!list->is_array() || list->size() > earlier_keys_max) {
            return wrong(name, "It must be a list of keys.");
        }
        for (const Json& entry : *list) {
            const std::string letters = entry.is_string() ? entry.get<std::string>() : std::string();
            keys.push_back({TRY(key_of(letters, name))});
        }
        return keys;
    }

    base::Result<Fields> object(const std::string& name) const {
        const Json* const value = TRY(find(name));
        if (!value->is_object()) {
            return wrong(name, "It must be an object.");
        }
        return Fields(*value, prefix_ + name + ".");
    }

    [[nodiscard]] const std::string& prefix() const { return prefix_; }

  private:
    base::Result<std::array<std::uint8_t, 32>> key_of(const std::string& letters, const std::string& name) const {
        const auto bytes = base::from_base64(letters);
        if (!bytes.has_value() || bytes->size() != 32) {
            return wrong(name, "It must be 32 bytes in base64.");
        }
        return base::array_of<32>(*bytes);
    }
    base::Result<const Json*> find(const std::string& name) const {
        const auto found = object_.find(name);
        if (found == object_.end()) {
            return wrong(name, "It is missing.");
        }
        return &*found;
    }
    std::unexpected<base::Error> wrong(const std::string& name, std::string what) const {
        return base::fail(base::ErrorCode::malformed, prefix_ + name, std::move(what), "Enrol this kiosk again.");
    }

    const Json& object_;
    std::string prefix_;
};

base::Result<StorePin> read_store(const Fields& fields) {
    StorePin store;
    store.name = TRY(fields.text("name"));
    store.url = TRY(fields.text("url"));
    store.key.bytes = TRY(fields.key("key"));
    store.certificate_pin = TRY(fields.key("certificate_pin"));
    store.earlier_keys = TRY(fields.keys("earlier_keys"));
    TRY(check_store(store, fields.prefix()));
    return store;
}

base::Result<Station> read_fields(const Fields& fields) {
    const std::string format = TRY(fields.text("format"));
    if (format != format_name) {
        return base::fail(base::ErrorCode::unsupported, fields.prefix() + "format",
                          "This version reads \"" + std::string(format_name) + "\" only.");
    }
    Station station;
    station.name = TRY(fields.text("name"));
    station.campaign_id = TRY(fields.text("campaign_id"));
    station.pack_version_min = TRY(fields.number("pack_version_min"));
    station.committee_key.bytes = TRY(fields.key("committee_key"));
    const Fields store = TRY(fields.object("store"));
    station.store = TRY(read_store(store));
    return station;
}

}  // namespace

base::Result<Station> read_station(const std::filesystem::path& folder) {
    const std::filesystem::path path = file_path(folder);
    const base::Bytes bytes = TRY(base::read_file(path, file_size_bytes_max));
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
        return base::fail(base::ErrorCode::malformed, path.string(), "The file is not a JSON object.",
                          "Enrol this kiosk again.");
    }
    return read_fields(Fields(json, path.string() + ": "));
}

base::Result<void> write_station(const std::filesystem::path& folder, const Station& station) {
    // Refuse what read_station would refuse: a kiosk must never be left with a folder that it cannot start from.
    TRY(check_text(station.name, "name"));
    TRY(check_text(station.campaign_id, "campaign_id"));
    TRY(check_store(station.store, "store."));
    Json json = {
        {"format", format_name},
        {"name", station.name},
        {"campaign_id", station.campaign_id},
        {"pack_version_min", station.pack_version_min},
        {"committee_key", base::to_base64(station.committee_key.bytes)},
        {"store",
         {{"name", station.store.name},
          {"url", station.store.url},
          {"key", base::to_base64(station.store.key.bytes)},
          {"certificate_pin", base::to_base64(station.store.certificate_pin)}}},
    };
    for (const crypto::VerifyKey& key : station.store.earlier_keys) {
        json["store"]["earlier_keys"].push_back(base::to_base64(key.bytes));
    }
    TRY(base::make_folder(folder));
    // All texts are UTF-8 by now; "replace" only keeps dump() from throwing.
    const std::string text = json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
    return base::write_file(file_path(folder), base::view_of(text));
}

}  // namespace pillarbox::station
