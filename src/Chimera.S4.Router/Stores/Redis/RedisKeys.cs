using StackExchange.Redis;

namespace Chimera.S4.Router.Stores.Redis;

/// <summary>The keys that C# touches itself; <c>Scripts/keys.lua</c> has those of the scripts, README.md the table of both.</summary>
/// <param name="Root">Empty in operation; a test puts its own before every name, so that tests share a server.</param>
sealed record RedisKeys(string Root = "")
{
    public RedisKey Order(Guid id) => $"{Root}s4:order:{id}";
    public RedisKey Timers => $"{Root}s4:timers";
    public RedisKey VenueOrder(string market, string symbol, string venueOrderId) => $"{Root}s4:venue-order:{market}:{symbol}:{venueOrderId}";
    public RedisKey Deployment => $"{Root}s4:deployment";
    public RedisKey Notes => $"{Root}s4:notes";
    public RedisKey Guards => $"{Root}s4:guards";
    public RedisKey Alerts => $"{Root}alerts";
    public RedisKey KillSwitch => $"{Root}router:kill_switch";
    public RedisKey Curves(string symbol) => $"{Root}router:curves:{symbol}";
    public RedisKey Results => $"{Root}ord:results";
    public RedisKey MarketSnapshot(string symbol) => $"{Root}mkt:snap:{symbol}";
    public RedisKey Journal(string clientOrderId) => $"{Root}s4:journal:{clientOrderId}";
}
