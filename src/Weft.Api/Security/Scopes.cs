using Microsoft.AspNetCore.Http;

namespace Weft.Api.Security;

/// <summary>What a key may do.</summary>
internal static class Scopes
{
    /// <summary>See workflows, executions, costs.</summary>
    public const string Read = "read";

    /// <summary>Start, steer and end executions; call tools.</summary>
    public const string Execute = "execute";

    /// <summary>Change workflows, agents, connections, memory.</summary>
    public const string Manage = "manage";

    public static readonly string[] All = [Read, Execute, Manage];

    /// <summary>The scope that a request needs: the endpoint's own word, else by its method.</summary>
    public static string Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<NeedsScope>()?.Scope
        ?? (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? Read
            : HttpMethods.IsPost(context.Request.Method) ? Execute
            : Manage);
}
