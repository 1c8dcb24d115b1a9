using System.Reflection;

namespace Chimera.S4.Router.Tests.Gateway;

/// <summary>Stands in for an interface too wide to write out: a script answers the calls it knows, the rest go to the real one, or fail by name.</summary>
class Stub<T> : DispatchProxy where T : class
{
    Func<MethodInfo, object?[], object?> script = null!;
    T? real;

    /// <param name="script">Returns <see cref="Stub.PassOn"/> for what it does not answer.</param>
    public static T Of(Func<MethodInfo, object?[], object?> script, T? real = null)
    {
        var proxy = Create<T, Stub<T>>();
        var stub = (Stub<T>)(object)proxy;
        (stub.script, stub.real) = (script, real);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = script(targetMethod!, args ?? []);
        if (answer != Stub.PassOn) return answer;
        return real is null ? throw new NotSupportedException($"{typeof(T).Name}.{targetMethod!.Name} is not scripted") : targetMethod!.Invoke(real, args);
    }
}

static class Stub
{
    public static readonly object PassOn = new();
}
