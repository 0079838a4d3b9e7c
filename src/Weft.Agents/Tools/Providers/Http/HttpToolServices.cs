namespace Weft.Agents.Tools.Providers.Http;

/// <summary>What every HTTP tool needs.</summary>
internal sealed record HttpToolServices(IHttpClientFactory Clients, ToolOptions Options, TimeProvider Time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "tools";
}
