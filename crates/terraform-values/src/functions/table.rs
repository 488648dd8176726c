//! The functions that are evaluated: their arity, their result, and how they treat what is not known.

use super::FunctionContext;
use super::call::{Answer, Call, ResultKind};
use super::hashes::Hash;
use super::{
    booleans, collections, dates, encoding, files, flatten, format, hashes, json, mappings, network, numbers,
    paths, selection, sequences, sets, strings, types, unpredictable, yaml,
};
use crate::outcome::Outcome;
use crate::value::Value;

/// Which marks of the arguments' members the result gets. Those of the arguments themselves it has in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MemberMarks {
    /// All: the result is computed of the members.
    Spread,
    /// None: the members that are in the result have their own.
    Stay,
}

/// One function.
pub(super) struct Function {
    pub(super) name: &'static str,
    least: usize,
    most: usize,
    result: ResultKind,
    marks: MemberMarks,
    evaluate: fn(&Call<'_>) -> Answer,
    /// What becomes of an argument that is not known, for the documentation.
    pub(super) unknown: &'static str,
}

impl Function {
    /// The outcome for arguments without alternatives at their top.
    pub(super) fn call(&self, arguments: &[Value], context: &FunctionContext<'_>) -> Outcome {
        if !(self.least..=self.most).contains(&arguments.len()) {
            return Outcome::FAILS;
        }
        let call = Call::new(self.name, arguments, context);
        let outcome = call.finish((self.evaluate)(&call), self.result);
        match self.marks {
            MemberMarks::Stay => outcome,
            MemberMarks::Spread => {
                arguments.iter().fold(outcome, |outcome, argument| outcome.with_marks(&argument.all_marks()))
            }
        }
    }
}

/// The function of this name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    let name = name.strip_prefix("core::").unwrap_or(name);
    FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok().and_then(|at| FUNCTIONS.get(at))
}

/// A function whose result is computed of all that its arguments hold.
const fn computes(
    name: &'static str,
    (least, most): (usize, usize),
    result: ResultKind,
    evaluate: fn(&Call<'_>) -> Answer,
    unknown: &'static str,
) -> Function {
    Function { name, least, most, result, marks: MemberMarks::Spread, evaluate, unknown }
}

/// A function whose result holds members of its arguments.
const fn selects(
    name: &'static str,
    (least, most): (usize, usize),
    evaluate: fn(&Call<'_>) -> Answer,
    unknown: &'static str,
) -> Function {
    Function { name, least, most, result: ResultKind::Anything, marks: MemberMarks::Stay, evaluate, unknown }
}

const MANY: usize = usize::MAX;

use ResultKind::{Anything, Bool, Text, TextSet, Texts, Word};

/// All functions, by name. `try`, `can`, `templatefile` and `templatestring` are the evaluator's, and `nonsensitive` takes
/// marks away before anything else.
pub(super) const FUNCTIONS: &[Function] = &[
    computes("abs", (1, 1), Anything, numbers::absolute, "any number"),
    computes("abspath", (1, 1), Text, paths::absolute, "any text"),
    computes("alltrue", (1, 1), Bool, booleans::all_true, "true or false"),
    computes("anytrue", (1, 1), Bool, booleans::any_true, "true or false"),
    computes("base64decode", (1, 1), Text, encoding::base64_decode, "any text"),
    computes("base64encode", (1, 1), Text, encoding::base64_encode, "any text"),
    computes("base64gzip", (1, 1), Text, encoding::unread, "always any text"),
    computes("base64sha256", (1, 1), Text, |call| hashes::hash(call, Hash::Base64Sha256), "any text"),
    computes("base64sha512", (1, 1), Text, |call| hashes::hash(call, Hash::Base64Sha512), "any text"),
    computes("basename", (1, 1), Text, paths::base_name, "last step kept"),
    computes("bcrypt", (1, 2), Text, unpredictable::bcrypt, "always any text"),
    computes("ceil", (1, 1), Anything, numbers::ceiling, "any number"),
    computes("chomp", (1, 1), Text, strings::chomp, "known parts kept"),
    selects("chunklist", (2, 2), sequences::chunk, "elements kept"),
    computes("cidrhost", (2, 2), Text, network::cidr_host, "any text"),
    computes("cidrnetmask", (1, 1), Text, network::cidr_netmask, "any text"),
    computes("cidrsubnet", (3, 3), Text, network::cidr_subnet, "any text"),
    computes("cidrsubnets", (1, MANY), Texts, network::cidr_subnets, "any texts"),
    computes("coalesce", (1, MANY), Anything, selection::coalesce, "each possible argument"),
    computes("coalescelist", (1, MANY), Anything, selection::coalesce_list, "each possible argument"),
    computes("compact", (1, 1), Texts, sequences::compact, "elements perhaps there"),
    selects("concat", (1, MANY), sequences::concat, "known elements kept"),
    computes("contains", (2, 2), Bool, collections::contains, "true or false"),
    computes("dirname", (1, 1), Text, paths::directory_name, "any text"),
    computes("distinct", (1, 1), Anything, sequences::distinct, "elements perhaps there"),
    selects("element", (2, 2), collections::element, "each possible element"),
    computes("endswith", (2, 2), Bool, strings::ends_with, "known end decides"),
    computes("file", (1, 1), Text, files::file, "any text"),
    computes("filebase64", (1, 1), Text, files::base64, "any text"),
    computes("filebase64sha256", (1, 1), Text, |call| files::hash(call, Hash::Base64Sha256), "any text"),
    computes("filebase64sha512", (1, 1), Text, |call| files::hash(call, Hash::Base64Sha512), "any text"),
    computes("fileexists", (1, 1), Bool, files::exists, "true or false"),
    computes("filemd5", (1, 1), Word, |call| files::hash(call, Hash::Md5), "any word"),
    computes("fileset", (2, 2), TextSet, encoding::unread, "always any texts"),
    computes("filesha1", (1, 1), Word, |call| files::hash(call, Hash::Sha1), "any word"),
    computes("filesha256", (1, 1), Word, |call| files::hash(call, Hash::Sha256), "any word"),
    computes("filesha512", (1, 1), Word, |call| files::hash(call, Hash::Sha512), "any word"),
    selects("flatten", (1, 1), flatten::flatten, "known elements kept"),
    computes("floor", (1, 1), Anything, numbers::floor, "any number"),
    computes("format", (1, MANY), Text, format::format, "known parts kept"),
    computes("formatdate", (2, 2), Text, dates::format_date, "any text"),
    computes("formatlist", (1, MANY), Texts, format::format_list, "known parts kept"),
    computes("indent", (2, 2), Text, strings::indent, "known parts kept"),
    computes("index", (2, 2), Anything, numbers::index, "any number"),
    selects("issensitive", (1, 1), types::is_sensitive, "true or false"),
    computes("join", (2, MANY), Text, strings::join, "known parts kept"),
    computes("jsondecode", (1, 1), Anything, json::decode, "encoded value kept"),
    computes("jsonencode", (1, 1), Text, json::encode, "value kept within"),
    selects("keys", (1, 1), mappings::keys, "known names kept"),
    selects("length", (1, 1), collections::length, "any number"),
    computes("log", (2, 2), Anything, numbers::logarithm, "any number"),
    selects("lookup", (2, 3), mappings::lookup, "each possible member"),
    computes("lower", (1, 1), Text, strings::lower, "known parts kept"),
    computes("matchkeys", (3, 3), Anything, sequences::match_keys, "elements perhaps there"),
    computes("max", (1, MANY), Anything, numbers::largest, "any number"),
    computes("md5", (1, 1), Word, |call| hashes::hash(call, Hash::Md5), "any word"),
    selects("merge", (0, MANY), mappings::merge, "known members kept"),
    computes("min", (1, MANY), Anything, numbers::smallest, "any number"),
    computes("one", (1, 1), Anything, collections::one, "element or null"),
    computes("parseint", (2, 2), Anything, numbers::parse_whole, "any number"),
    computes("pathexpand", (1, 1), Text, paths::expand, "known parts kept"),
    computes("plantimestamp", (0, 0), Text, unpredictable::timestamp, "always any text"),
    computes("pow", (2, 2), Anything, numbers::power, "any number"),
    computes("range", (1, 3), Anything, numbers::range, "any numbers"),
    computes("regex", (2, 2), Anything, strings::regex, "any match"),
    computes("regexall", (2, 2), Anything, strings::regex_all, "any matches"),
    computes("replace", (3, 3), Text, strings::replace, "untouched parts kept"),
    selects("reverse", (1, 1), sequences::reverse, "elements kept"),
    selects("sensitive", (1, 1), types::sensitive, "kept as is"),
    computes("setintersection", (1, MANY), Anything, sets::intersection, "elements perhaps there"),
    selects("setproduct", (2, MANY), sets::product, "elements kept"),
    computes("setsubtract", (2, 2), Anything, sets::subtract, "elements perhaps there"),
    computes("setunion", (1, MANY), Anything, sets::union, "known elements kept"),
    computes("sha1", (1, 1), Word, |call| hashes::hash(call, Hash::Sha1), "any word"),
    computes("sha256", (1, 1), Word, |call| hashes::hash(call, Hash::Sha256), "any word"),
    computes("sha512", (1, 1), Word, |call| hashes::hash(call, Hash::Sha512), "any word"),
    computes("signum", (1, 1), Anything, numbers::sign, "any number"),
    selects("slice", (3, 3), sequences::slice, "each possible element"),
    computes("sort", (1, 1), Texts, sequences::sort, "elements, any order"),
    computes("split", (2, 2), Texts, strings::split, "known pieces kept"),
    computes("startswith", (2, 2), Bool, strings::starts_with, "known start decides"),
    computes("strcontains", (2, 2), Bool, strings::contains, "known parts decide"),
    computes("strrev", (1, 1), Text, strings::reverse, "any text"),
    computes("substr", (3, 3), Text, strings::substring, "known start kept"),
    computes("sum", (1, 1), Anything, numbers::sum, "any number"),
    computes("textdecodebase64", (2, 2), Text, encoding::unread, "always any text"),
    computes("textencodebase64", (2, 2), Text, encoding::unread, "always any text"),
    computes("timeadd", (2, 2), Text, dates::time_add, "any text"),
    computes("timecmp", (2, 2), Anything, dates::time_compare, "any number"),
    computes("timestamp", (0, 0), Text, unpredictable::timestamp, "always any text"),
    computes("title", (1, 1), Text, strings::title, "any text"),
    selects("tobool", (1, 1), types::to_bool, "true or false"),
    selects("tolist", (1, 1), types::to_list, "elements kept"),
    selects("tomap", (1, 1), types::to_map, "members kept"),
    selects("tonumber", (1, 1), types::to_number, "any number"),
    selects("toset", (1, 1), types::to_set, "elements kept"),
    selects("tostring", (1, 1), types::to_string, "kept as is"),
    computes("transpose", (1, 1), Anything, mappings::transpose, "anything"),
    computes("trim", (2, 2), Text, strings::trim, "known parts kept"),
    computes("trimprefix", (2, 2), Text, strings::trim_prefix, "known start decides"),
    computes("trimspace", (1, 1), Text, strings::trim_space, "known parts kept"),
    computes("trimsuffix", (2, 2), Text, strings::trim_suffix, "known end decides"),
    computes("upper", (1, 1), Text, strings::upper, "known parts kept"),
    computes("urlencode", (1, 1), Text, strings::url_encode, "words are kept"),
    computes("uuid", (0, 0), Word, unpredictable::uuid, "always any word"),
    computes("uuidv5", (2, 2), Word, hashes::uuid_v5, "any word"),
    selects("values", (1, 1), mappings::values, "known members kept"),
    computes("yamldecode", (1, 1), Anything, yaml::decode, "anything"),
    computes("yamlencode", (1, 1), Text, yaml::encode, "any text"),
    selects("zipmap", (2, 2), mappings::zipmap, "known members kept"),
];
