using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Memory;
using Weft.Agents.Records;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Memory;

/// <summary>What became of documents.</summary>
public sealed record DocumentsAnswer(string Collection, int Documents, int Pieces);
