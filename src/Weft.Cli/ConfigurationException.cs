using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Options;
using Weft.Cli.Commands;
using Weft.Workflows;

namespace Weft.Cli;

/// <summary>Something around the command is missing or out of reach; the message says what to set.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
