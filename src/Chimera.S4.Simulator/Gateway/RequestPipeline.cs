using System.Globalization;
using Chimera.S4.Simulator.Engine;
using Chimera.S4.Simulator.Faults;
using Chimera.S4.Simulator.Limits;
using Chimera.S4.Simulator.Security;
using Microsoft.AspNetCore.Http.Features;

namespace Chimera.S4.Simulator.Gateway;

/// <summary>The way of every REST request of one venue: limits, signature, faults before, engine, faults after, headers.</summary>
internal sealed class RequestPipeline(Venue venue, VenueClock clock, RequestGate gate, VenueLimits limits, FaultBook faults, RejectLog rejects, ArrivalLog arrivals)
{
    private const int MaxBody = 256 * 1024;

    public void Map(IEndpointRouteBuilder app, IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
            app.MapMethods(operation.Path, [operation.Method], (HttpContext http) => Run(http, operation));
    }

    private async Task Run(HttpContext http, Operation operation)
    {
        var arrived = clock.TrueUs;
        var plan = faults.Plan(venue, operation.Method, operation.Path);
        if (plan.ResetBefore)
        {
            http.Abort();
            return;
        }
        var call = new Call(new Parameters(RawQuery(http), await RawBody(http))) { HideFor = plan.HideFor, HideFromLists = plan.HideFromLists };
        if (operation.Orders > 0) arrivals.Add(venue, operation.Path, call.Params, arrived);
        if (Admit(http, operation, call, plan) is { } refusal)
        {
            Note(operation, refusal);
            await Answer(http, operation, refusal);
            return;
        }
        if (plan.LatencyBefore > TimeSpan.Zero) await Task.Delay(plan.LatencyBefore, clock.Time);
        var reply = Execute(operation, call);
        // Noted as it truly was, before a fault hides it from the caller.
        Note(operation, reply);
        if (plan.LatencyAfter > TimeSpan.Zero) await Task.Delay(plan.LatencyAfter, clock.Time);
        if (venue is Venue.Spot && reply.Succeeded && TimeUnit.IsMicro(http.Request.Headers["X-MBX-TIME-UNIT"]))
            reply = reply with { Body = TimeUnit.ToMicro(reply.Body) };
        if (plan.DropResponse) http.Abort();
        else await Answer(http, operation, plan.Mask ?? reply, plan.CutResponse);
    }

    private Reply? Admit(HttpContext http, Operation operation, Call call, FaultPlan plan)
    {
        try
        {
            if (plan.Ban is { } duration) limits.Ban(duration);
            limits.Charge(operation.Weight(call));
            var credentials = operation.Access is Access.Public ? null : gate.CheckKey(http.Request.Headers["X-MBX-APIKEY"]);
            if (operation.Access is Access.Signed)
                call.Fence = gate.Check(credentials!, call.Params.Text, () => SignedText.OfRequest(call.Params.RawQuery, call.Params.RawBody), clock.Now);
            if (venue is Venue.Spot) TimeUnit.IsMicro(http.Request.Headers["X-MBX-TIME-UNIT"]);
            return plan.Refusal;
        }
        catch (VenueError error)
        {
            return Reply.Error(error);
        }
    }

    private Reply Execute(Operation operation, Call call)
    {
        try
        {
            if (operation.Orders > 0) limits.ChargeOrders(operation.Orders, operation.OrdersLonger);
        }
        catch (VenueError error)
        {
            return Reply.Error(error);
        }
        var reply = Handle(operation, call);
        if (reply.Succeeded && operation.FreeOnSuccess) limits.Refund(operation.Weight(call));
        if (!reply.Succeeded && operation.Orders > 0) limits.ReturnOrders(operation.Orders, operation.OrdersLonger);
        return reply;
    }

    private static Reply Handle(Operation operation, Call call)
    {
        try
        {
            return operation.Handle(call);
        }
        catch (VenueError error)
        {
            return Reply.Error(error);
        }
        catch (OverflowException)
        {
            return Reply.Error(400, -1108, "A parameter overflowed.");
        }
    }

    private void Note(Operation operation, Reply reply)
    {
        if (reply.Code != 0) rejects.Add(new Reject(venue, operation.Path, reply.Code, clock.Now));
    }

    private async Task Answer(HttpContext http, Operation operation, Reply reply, bool isCut = false)
    {
        var response = http.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        AddCounters(response.Headers, operation, reply);
        if (reply.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (!isCut)
        {
            await response.Body.WriteAsync(reply.Body, http.RequestAborted);
            return;
        }
        await response.Body.WriteAsync(reply.Body[..(reply.Body.Length / 2)], http.RequestAborted);
        await response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }

    private void AddCounters(IHeaderDictionary headers, Operation operation, Reply reply)
    {
        limits.Read(counters =>
        {
            var weight = counters.Weights[0].Count.ToString(CultureInfo.InvariantCulture);
            headers["X-MBX-USED-WEIGHT"] = weight;
            headers["X-MBX-USED-WEIGHT-1M"] = weight;
            if ((operation.Orders > 0 || operation.ShowsOrderCounts) && reply.Succeeded)
                foreach (var window in counters.Orders) headers[window.Header] = window.Count.ToString(CultureInfo.InvariantCulture);
            return true;
        });
    }

    private static string RawQuery(HttpContext http) => http.Request.QueryString.Value is { Length: > 1 } query ? query[1..] : "";

    private static async ValueTask<string> RawBody(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return "";
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBody;
        using var reader = new StreamReader(http.Request.Body);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }
}
