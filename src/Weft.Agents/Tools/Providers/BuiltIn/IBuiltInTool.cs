using System.Text.Json.Nodes;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>A tool that the product brings along. Built-in tools only read.</summary>
internal interface IBuiltInTool : IToolRunner
{
    string Name { get; }

    string Description { get; }

    JsonObject Schema { get; }
}
