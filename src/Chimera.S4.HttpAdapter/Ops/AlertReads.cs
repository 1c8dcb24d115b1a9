using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.Reads;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Ops;

/// <summary>The alerts that are kept, oldest first.</summary>
sealed class AlertReads(RouterClient router, IOptions<RestAdapterOptions> options)
{
    public async Task<IResult> List(HttpRequest request, CancellationToken aborted)
    {
        var check = new QueryCheck(request.Query, "after", "limit");
        var query = new ListAlerts { After = check.Opaque("after"), Limit = check.Limit("limit", most: 1000, otherwise: 100) };
        return check.Problem ?? Results.Json(await router.Ask<ListAlerts, AlertsPage>(query, options.Value.ReadBound, aborted));
    }
}
