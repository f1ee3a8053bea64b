-- What a person does in Neovim, with a look at what came of it. Each look waits for what
-- it wants to see, for a while.

local patience = 60000

local function fail(message)
  io.stderr:write(message .. "\n" .. table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"))
  vim.cmd("cquit 1")
end

local function see(what, condition)
  if not vim.wait(patience, condition, 10) then
    fail("never seen: " .. what .. "\n" .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function equal(what, found, expected)
  if not vim.deep_equal(found, expected) then
    fail(what .. ": " .. vim.inspect(found) .. " instead of " .. vim.inspect(expected))
  end
end

-- Puts the cursor on the first letter of a text, in the first line that has it.
local function go_to(text)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  for number, line in ipairs(lines) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return
    end
  end
  fail("not in the text: " .. text)
end

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

local function press(keys)
  local codes = vim.api.nvim_replace_termcodes(keys, true, false, true)
  vim.api.nvim_feedkeys(codes, "x", false)
end

local function drive()
  -- The file has one mistake.
  see("a mistake", function() return #vim.diagnostic.get(0) == 1 end)
  local mistake = vim.diagnostic.get(0)[1]
  equal("message", mistake.message, "there is no state `shutt`\nhelp: did you mean `shut`?")
  equal("code", mistake.code or mistake.user_data.lsp.code, "unknown_state")
  equal("place", { mistake.lnum, mistake.col, mistake.end_col }, { 4, 30, 35 })

  -- A quick fix mends it.
  vim.ui.select = function(items, options, choose)
    local action = items[1][2] or items[1].action
    equal("quick fix", action.title, "change to `shut`")
    choose(items[1], 1)
  end
  go_to("shutt")
  vim.lsp.buf.code_action()
  see("the mended line", function() return line(5) == "    transition close: open -> shut" end)
  see("no mistake", function() return #vim.diagnostic.get(0) == 0 end)

  -- To the definition, by the key that EDITORS.md sets.
  go_to("-> shut")
  press("3l")
  press("gd")
  see("the definition", function() return vim.api.nvim_win_get_cursor(0)[1] == 4 end)
  equal("column", vim.api.nvim_win_get_cursor(0)[2], 16)

  -- Hover opens a window.
  press("K")
  see("the hover", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      local shown = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
      local text = table.concat(shown, "\n")
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        return text:find("Entered by", 1, true) and text:find("close", 1, true)
      end
    end
  end)

  -- References fill the quickfix list.
  press("gr")
  see("the references", function() return #vim.fn.getqflist() == 2 end)
  vim.cmd("cclose")

  -- Another name, in both places, behind letters that are two units each.
  go_to("shut")
  vim.lsp.buf.rename("locked")
  see("the new name", function()
    return line(4) == "    final state locked // 🦀🦀" and line(5) == "    transition close: open -> locked"
  end)
  see("no mistake after the rename", function() return #vim.diagnostic.get(0) == 0 end)

  -- Completion where a target is to be typed, as Neovim reads the answer.
  vim.o.virtualedit = "onemore"
  vim.api.nvim_buf_set_lines(0, 5, 5, false, { "    transition bolt: open -> " })
  vim.api.nvim_win_set_cursor(0, { 6, 29 })
  local place = vim.lsp.util.make_position_params(0, "utf-16")
  local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", place, patience)
  local _, answer = next(answers or {})
  local items = vim.lsp.util.text_document_completion_list_to_complete_items(answer.result, "")
  local words = vim.tbl_map(function(item) return item.word end, items)
  equal("completed", words, { "open", "locked", "same" })
  vim.api.nvim_buf_set_lines(0, 5, 6, false, { "    transition   bolt:open->locked" })

  -- Formatting, by its key.
  press("\\f")
  see("the formatted line", function() return line(6) == "    transition bolt: open -> locked" end)

  vim.cmd("write")
  vim.cmd("quitall")
end

local ok, problem = pcall(drive)
if not ok then
  fail(problem)
end
