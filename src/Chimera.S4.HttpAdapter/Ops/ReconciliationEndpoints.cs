using Chimera.S4.HttpAdapter.Bus;
using Chimera.S4.HttpAdapter.OpenApi;
using Chimera.S4.HttpAdapter.Security;
using Microsoft.Extensions.Options;

namespace Chimera.S4.HttpAdapter.Ops;

static class ReconciliationEndpoints
{
    public static void MapReconciliation(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/ops/reconciliation", async (RouterClient router, IOptions<RestAdapterOptions> options, CancellationToken aborted) =>
            Results.Json(await router.Ask<GetReconciliation, ReconciliationReport>(new GetReconciliation(), options.Value.ReadBound, aborted)))
        .RequireRole(ApiRole.Read)
        .WithName("GetReconciliation").WithTags("Ops")
        .WithSummary("How the exchange's open orders and what S4 believes of them compare, as the last residual sweeps found it")
        .Answers<ReconciliationReport>(200, "Per market and over all; before anything was repaired")
        .RefusesWhenSilent();
}
