using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Records;
using Weft.Agents.Workflows;
using Weft.Api.Security;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration;

namespace Weft.Api.Operations;

/// <summary>The process lives.</summary>
public sealed record HealthAnswer(string Status, string Version);
