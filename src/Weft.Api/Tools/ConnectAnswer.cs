using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Agents.Tools;
using Weft.Agents.Workflows;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Tools;

/// <summary>Where a user goes to consent.</summary>
public sealed record ConnectAnswer(string AuthorizationUrl, string ConnectionId, DateTime? ExpiresAt);
