using System.Text.Json;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Binance;

/// <summary>What an answer that could be read holds.</summary>
sealed record RequestParts
{
    public IReadOnlyList<VenueOrderState> Orders { get; init; } = [];
    public OrderListState? List { get; init; }
    public AlgoOrderState? Algo { get; init; }
}

/// <summary>Sends signed requests and gives their answers the meaning that placements' and cancels' have.</summary>
sealed class RequestSender(BinanceApi api, StreamWatch watch)
{
    readonly AnswerReader answers = new(api.Dialect, api.Clock, watch);

    public Task<HttpReply> Send(Wire wire, SignedRequest signed, CancellationToken cancel) => wire.Method.Method switch
    {
        "POST" => api.Post(wire.Path, signed, cancel),
        "PUT" => api.Put(wire.Path, signed, cancel),
        _ => api.Delete(wire.Path, signed, cancel),
    };

    public RequestAnswer Read(HttpReply reply, RequestKind kind, Func<JsonElement, RequestParts> read)
    {
        if (!reply.IsSuccess)
        {
            var failure = answers.Read(reply, kind);
            if (failure.Reason is ReasonCode.VenueFilter) api.Doubt.Raise();
            return new(failure);
        }
        try
        {
            var parts = read(reply.Json ?? throw new WireException("the answer is no JSON"));
            foreach (var order in parts.Orders) watch.Told(order);
            VenueMeter.Answer(api.Dialect.Market, kind.ToString(), VenueOutcome.Known);
            return new(new VenueAnswer { Outcome = VenueOutcome.Known, HttpStatus = reply.Status, Order = parts.Orders is [var only] ? only : null })
            {
                Orders = parts.Orders, List = parts.List, Algo = parts.Algo,
            };
        }
        catch (WireException problem)
        {
            VenueMeter.Answer(api.Dialect.Market, kind.ToString(), VenueOutcome.Unknown);
            return new(new VenueAnswer { Outcome = VenueOutcome.Unknown, HttpStatus = reply.Status, VenueText = problem.Message });
        }
    }

    public VenueAnswer Meaning(HttpReply reply, RequestKind kind) => answers.Read(reply, kind);

    public Task<Rows<T>> Rows<T>(string path, Params parameters, Func<JsonElement, T> read, CancellationToken cancel) =>
        new RowReads(api, answers).All(path, parameters, read, cancel);
}
