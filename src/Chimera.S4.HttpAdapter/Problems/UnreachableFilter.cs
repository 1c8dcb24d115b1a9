using Chimera.S4.HttpAdapter.Bus;

namespace Chimera.S4.HttpAdapter.Problems;

/// <summary>A router that cannot be reached is 503 on every endpoint; a caller who has hung up gets no answer and makes no noise.</summary>
sealed class UnreachableFilter : IEndpointFilter
{
    const int ClientClosedRequest = 499;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RouterUnreachableException silent)
        {
            return Problem.Unavailable(silent.Code, silent.Message);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(ClientClosedRequest);
        }
    }
}
