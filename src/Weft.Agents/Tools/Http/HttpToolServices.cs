using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools.Http;

/// <summary>What every HTTP tool needs.</summary>
internal sealed record HttpToolServices(IHttpClientFactory Clients, ToolSecrets Secrets, ToolOptions Options, TimeProvider Time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "tools";
}
