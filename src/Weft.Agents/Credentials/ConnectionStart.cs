using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Tools.Composio;
using Weft.Workflows;

namespace Weft.Agents.Credentials;

/// <summary>Where a user goes to connect.</summary>
public sealed record ConnectionStart(string AuthorizationUrl, string ConnectionId, DateTime? ExpiresAt);
