using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Tools.Composio;
using Weft.Agents.Tools.Http;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools;

/// <summary>A tool that the product brings along. Built-in tools only read.</summary>
internal interface IBuiltInTool : IToolRunner
{
    string Name { get; }

    string Description { get; }

    JsonObject Schema { get; }
}
