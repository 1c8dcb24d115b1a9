using System.Text.Json.Serialization;
using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Problems;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Ops;

/// <summary>Body of <c>PUT /ops/kill-switch</c>.</summary>
public sealed record KillSwitchBody
{
    /// <summary>ON or OFF.</summary>
    [JsonPropertyName("state")] public string? State { get; init; }

    /// <summary>For the record: 1–200 characters.</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }
}

/// <summary>The kill switch, and how it and the breakers stand. The router stores and audits; only the form is checked here.</summary>
sealed class KillSwitchLever(RouterClient router, IOptions<RestAdapterOptions> options)
{
    const string Code = "KILL_SWITCH_MALFORMED";

    public async Task<IResult> Set(HttpRequest request, CancellationToken aborted)
    {
        var (body, problem) = await JsonBody.Read<KillSwitchBody>(request);
        if (body is null) return problem!;
        if (body.State is not ("ON" or "OFF")) return Problem.Field(Code, "state", body.State, "ON, OFF");
        if (!Levers.IsExplained(body.Reason)) return Levers.Unexplained(Code, body.Reason);
        var set = new SetKillSwitch { State = body.State, Reason = body.Reason, By = Caller.Of(request.HttpContext) };
        return Results.Json(await router.Ask<SetKillSwitch, GatesView>(set, options.Value.ReadBound, aborted));
    }

    public async Task<IResult> Show(CancellationToken aborted) => Results.Json(await router.Ask<GetGates, GatesView>(new GetGates(), options.Value.ReadBound, aborted));
}
