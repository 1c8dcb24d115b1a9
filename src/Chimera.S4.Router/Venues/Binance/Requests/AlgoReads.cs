using System.Text.Json;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>Algo orders as REST and the user stream tell them.</summary>
static class AlgoReads
{
    /// <summary>symbol, algoId, clientAlgoId, algoStatus, actualOrderId (a string, empty before the trigger), updateTime.</summary>
    public static AlgoOrderState Order(JsonElement json)
    {
        var (status, remark) = RequestWords.Algo(json.Required("algoStatus"));
        return new()
        {
            Symbol = json.Required("symbol"), ClientAlgoId = json.Required("clientAlgoId"), AlgoId = json.Required("algoId"), Status = status, ChildOrderId = Child(json.Text("actualOrderId")),
            Time = json.Time("updateTime") ?? json.Time("createTime"), Remark = remark,
        };
    }

    /// <summary>Event <c>ALGO_UPDATE</c>, its object <c>o</c>: s, caid client id, aid id, X status, ai child order (empty before), rm reject message (seen, not documented).</summary>
    public static AlgoOrderState Event(JsonElement o, DateTimeOffset? time)
    {
        var (status, remark) = RequestWords.Algo(o.Required("X"));
        return new()
        {
            Symbol = o.Required("s"), ClientAlgoId = o.Required("caid"), AlgoId = o.Required("aid"), Status = status, ChildOrderId = Child(o.Text("ai")), Time = time,
            Remark = Words.Remark(remark, o.Text("rm")),
        };
    }

    static string? Child(string? id) => id is null or "" or "0" ? null : id;
}
